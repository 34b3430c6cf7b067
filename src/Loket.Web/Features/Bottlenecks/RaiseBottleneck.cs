using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Journal;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Bottlenecks;

public sealed record BottleneckRaised(string BottleneckId);

/// <summary>
/// A professional says what stands in the way, from a case or a talk. The register is no case: nothing in it that can be
/// recognised as somebody is kept.
/// </summary>
public sealed class RaiseBottleneck(Db db)
{
    public const int Longest = 500;

    public Task<Outcome<BottleneckRaised>> FromCaseAsync(Actor actor, long caseId, string? text, string? key) =>
        db.WriteAsync<BottleneckRaised>(Command.Of(actor.Id, "bottleneck-case", key, new { caseId, text }), unit =>
            CaseAccess.Find(unit, actor, caseId) is null ? new Refusal("case-unknown") : Raise(unit, actor, caseId, text));

    /// <summary>Only the two who talk: a specialist who is consulted has the talk, not the case.</summary>
    public Task<Outcome<BottleneckRaised>> FromTalkAsync(Actor actor, long handoffId, string? text, string? key) =>
        db.WriteAsync<BottleneckRaised>(Command.Of(actor.Id, "bottleneck-talk", key, new { handoffId, text }), unit =>
            unit.Find<long?>("SELECT case_id FROM handoff WHERE id = @handoffId AND (sender_id = @Id OR specialist_id = @Id)", new { handoffId, actor.Id }) is { } caseId
                ? Raise(unit, actor, caseId, text)
                : new Refusal("handoff-unknown"));

    /// <summary>What is wrong with the text; null when it can be kept.</summary>
    public static Refusal? Check(string? text) => string.IsNullOrWhiteSpace(text) ? new Refusal("bottleneck-text-missing")
        : FreeText.Check(Longest, text) ?? (LineQuestion.Inspect(text, []).Marks.Count > 0 ? new Refusal("bottleneck-names-somebody") : null);

    private static Outcome<BottleneckRaised> Raise(Unit unit, Actor actor, long caseId, string? text)
    {
        if (Check(text) is { } no)
        {
            return no;
        }

        var topic = unit.Find<string>("SELECT topic_code FROM case_file WHERE id = @caseId", new { caseId })!;
        var id = Register.Add(unit, new Signal(actor.OrganisationCode, Register.Remark, null, topic, caseId, actor.Id, unit.Now, text!.Trim()));
        unit.Append(new Entry(caseId, "bottleneck_raised", id, actor.Id, actor.OrganisationCode, new { notify = Notify.Ids(actor.Id) }));
        return new BottleneckRaised(id.ToString(CultureInfo.InvariantCulture));
    }
}
