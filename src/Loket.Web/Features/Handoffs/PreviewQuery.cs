using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>Exactly what the other side will see, before and after acceptance.</summary>
public sealed class PreviewQuery(Db db, Say say, SharingRules sharing, RequestHandoff request)
{
    /// <summary>
    /// For a line, with the facts ticked now (<paramref name="facts"/> null: what starts ticked) and the question as typed;
    /// null when case or line do not exist for this person.
    /// </summary>
    public async Task<PreviewView?> LoadAsync(Actor actor, long caseId, string? line, string? question, IReadOnlyList<long>? facts, bool urgent, bool consult)
    {
        var checkedQuestion = await request.InspectAsync(caseId, question);
        return await db.ReadAsync<PreviewView?>(async r =>
        {
            var topic = await r.FindAsync<string>("SELECT topic_code FROM line WHERE code = @line", new { line });
            if (topic is null || await CaseAccess.FindAsync(r, actor, caseId) is null)
            {
                return null;
            }

            var rule = consult ? null : sharing.ForTopic(topic, await RulesOff.OfAsync(r, actor.OrganisationCode));
            var visible = (await VisibleFacts.LoadAsync(r, actor, caseId)).FindAll(f => f.IsOwn);
            var goes = visible.FindAll(f => rule?.Allows(f.Kind) == true && (facts?.Contains(f.Id) ?? f.StartsAlong(rule, say.Dates.Today)));
            return new PreviewView
            {
                CaseId = caseId, IsConsult = consult, LineName = await LineNames.OfAsync(r, say, line), Topic = topic, Urgency = urgent ? "urgent" : "normal",
                Question = Domain.Parties.LineQuestion.Mask((question ?? "").Trim(), checkedQuestion.Marks),
                Purpose = rule is null ? null : (say.IsEnglish ? rule.PurposeEn : rule.PurposeNl),
                Article = rule is null ? null : $"{rule.Law} {rule.Article}", ToBeChecked = rule?.Verified == false,
                After = goes.ConvertAll(f => new PreviewFact(FactWords.Label(f, say), FactWords.Value(f, say), rule!.StartsTicked(f.Kind), IsSecret: f.IsSecret)),
                Stays = [.. visible.Except(goes).Select(f => FactWords.Label(f, say))],
            };
        });
    }
}
