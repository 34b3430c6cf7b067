using Loket.Domain;
using Loket.Domain.Bottlenecks;
using Loket.Web.Data;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>Where a signal came from and what it is about. A remark is its own bottleneck; anything else recurs by kind, line and topic.</summary>
internal sealed record Signal(string Organisation, string Kind, string? Line, string Topic, long CaseId, long RaisedBy, DateTime At, string? Text = null);

/// <summary>Puts signals into the register of the organisation of who raised them. What recurs becomes one bottleneck.</summary>
internal static class Register
{
    public const string Remark = "remark";

    /// <summary>The bottleneck the signal belongs to now.</summary>
    public static long Add(Unit unit, Signal signal)
    {
        var args = new { signal.Organisation, signal.Kind, line = signal.Line ?? "", signal.Topic };
        var same = signal.Kind == Remark ? null : unit.Find<StoredBottleneck>(
            $"""
            SELECT id, state, version FROM bottleneck
            WHERE organisation_code = @Organisation AND kind = @Kind AND line_code = @line AND topic_code = @Topic AND state IN ('new', 'in_progress', 'answered')
            ORDER BY id {unit.Dialect.First(1)}
            """,
            args);
        var id = same?.Id ?? unit.NewId();
        if (same is null)
        {
            unit.Execute(
                """
                INSERT INTO bottleneck (id, organisation_code, kind, line_code, topic_code, text, state, signals, first_at, last_at, version)
                VALUES (@id, @Organisation, @Kind, @line, @Topic, @Text, 'new', 1, @At, @At, 1)
                """,
                new { id, args.Organisation, args.Kind, args.line, args.Topic, signal.Text, signal.At });
        }
        else
        {
            unit.Execute(
                """
                UPDATE bottleneck SET signals = signals + 1, state = @state, version = version + 1, last_at = CASE WHEN last_at < @At THEN @At ELSE last_at END WHERE id = @id
                """,
                new { id, state = Code.Of(BottleneckRules.Next(Code.Parse<BottleneckState>(same.State), BottleneckAction.Recur).Value), signal.At });
        }

        unit.Execute(
            "INSERT INTO bottleneck_signal (id, bottleneck_id, case_id, raised_by, at) VALUES (@signalId, @id, @CaseId, @RaisedBy, @At)",
            new { signalId = unit.NewId(), id, signal.CaseId, signal.RaisedBy, signal.At });
        return id;
    }
}

/// <summary>A bottleneck as its changes need it.</summary>
internal sealed class StoredBottleneck
{
    public long Id { get; init; }

    public string State { get; init; } = "";

    public int Version { get; init; }
}
