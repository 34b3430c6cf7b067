using System.Globalization;
using Loket.Domain.Handoffs;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Sharing;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>The lines that can be asked into a talk, and what the chosen one would see: nothing goes that is not shown here.</summary>
public sealed class OneMoreLineQuery(Db db, Say say, SharingRules sharing, RequestHandoff request)
{
    /// <summary>
    /// Null when the talk or the line does not exist for this person. With <paramref name="checkMarks"/> the typed question
    /// is looked through for what may say who it is about.
    /// </summary>
    public async Task<OneMoreLineView?> LoadAsync(Actor actor, long handoffId, string? line, FormState form, bool checkMarks = false)
    {
        var caseId = await db.ReadAsync(async r => (await ConversationQuery.FindAsync(r, actor, handoffId))?.CaseId);
        var question = form.Value("line", "lineQuestion")?.Trim() ?? "";
        var found = checkMarks && caseId is { } known ? await request.InspectAsync(known, question) : null;
        return await db.ReadAsync<OneMoreLineView?>(async r =>
        {
            if (await ConversationQuery.FindAsync(r, actor, handoffId) is not { } handoff)
            {
                return null;
            }

            var talk = await Talk.OfAsync(r, handoff);
            var no = talk.CheckAsk(actor.Id);
            var isConsult = talk.First.HandoffMode == HandoffMode.Consult;
            if (line is null)
            {
                return new OneMoreLineView { HandoffId = handoffId, IsConsult = isConsult, Refusal = no, Lines = no is null ? await LinesAsync(r, actor, talk) : [], Form = form };
            }

            if (await r.FindAsync<string>("SELECT topic_code FROM line WHERE code = @line", new { line }) is not { } topic)
            {
                return null;
            }

            var rule = isConsult ? null : sharing.ForTopic(topic, await RulesOff.OfAsync(r, actor.OrganisationCode));
            var own = isConsult ? [] : (await VisibleFacts.LoadAsync(r, actor, handoff.CaseId)).FindAll(f => f.IsOwn);
            var goes = own.FindAll(f => rule?.Allows(f.Kind) == true);
            // Ticks belong to the line they were set for.
            var again = form.IsFor("line") && form.Value("line", "line") == line;
            var ticked = Ids(form.Value("line", "facts"));
            var chosen = again ? Ids(form.Value("line", "messages")) : [];
            return new OneMoreLineView
            {
                HandoffId = handoffId, IsConsult = isConsult, Refusal = no, Line = line, LineName = await LineNames.OfAsync(r, say, line), Topic = topic,
                Purpose = rule is null ? null : LinesQuery.PurposeOf(rule, say), ToBeChecked = rule?.Verified == false,
                Facts = goes.ConvertAll(f => new FactChoice(f.Id, FactWords.Label(f, say), FactWords.Value(f, say), again ? ticked.Contains(f.Id) : f.StartsAlong(rule, say.Dates.Today), f.IsSecret)),
                Stays = [.. own.Except(goes).Select(f => FactWords.Label(f, say))],
                Messages = !AskOneMoreLine.MayGiveMessages(talk.First.HandoffMode, rule) ? []
                    : (await MessageRows.LoadAsync(r, talk, actor.Id)).ConvertAll(m => new MessageChoice(m.Id, m.At, m.AuthorName, m.AuthorOrganisation, m.Text ?? "", chosen.Contains(m.Id))),
                Marks = found is null ? [] : [.. found.Marks.Select(m => question.Substring(m.Start, m.Length))],
                MaskedQuestion = found is null ? null : LineQuestion.Mask(question, found.Marks),
                Form = form,
            };
        });
    }

    // Those with people, of the citizen's municipality, who works for it, the own organisation, and national; not those in the talk.
    private async Task<IReadOnlyList<LineChoice>> LinesAsync(Reader r, Actor actor, Talk talk)
    {
        var rows = await r.QueryAsync<LineRow>(
            """
            SELECT l.code, (SELECT COUNT(*) FROM line_member f JOIN presence p ON p.professional_id = f.professional_id
                            WHERE f.line_code = l.code AND f.is_on = 1 AND p.state = 'available' AND f.professional_id NOT IN @people) AS free
            FROM line l
            WHERE l.is_live = 1 AND EXISTS (SELECT 1 FROM line_member m JOIN professional w ON w.id = m.professional_id AND w.active = 1 WHERE m.line_code = l.code)
              AND (l.kind = 'national' OR l.organisation_code = @OrganisationCode OR l.organisation_code = @MunicipalityCode
                   OR EXISTS (SELECT 1 FROM line_area a WHERE a.line_code = l.code AND a.municipality_code = @MunicipalityCode))
            """,
            new { actor.OrganisationCode, talk.First.MunicipalityCode, people = talk.People.DefaultIfEmpty(0) });
        var there = talk.Handoffs.Where(h => HandoffRules.IsLive(h.HandoffState)).Select(h => h.LineCode).ToHashSet();
        var names = await LineNames.OfAsync(r, say, rows.ConvertAll(l => l.Code));
        return [.. rows.Where(l => !there.Contains(l.Code)).Select(l => new LineChoice(l.Code, names[l.Code], l.Free))
            .OrderBy(l => l.Free == 0).ThenBy(l => l.Name, StringComparer.CurrentCulture)];
    }

    private static HashSet<long> Ids(string? list) =>
        [.. (list ?? "").Split(',').Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0)];

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public int Free { get; init; }
    }
}
