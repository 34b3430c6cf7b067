using System.Globalization;
using Loket.Domain;
using Loket.Domain.Mergers;
using Loket.Domain.Terms;
using Loket.Web.Data;

namespace Loket.Web.Features.Mergers;

/// <summary>A merger or split as stored.</summary>
public sealed class StoredMerger
{
    public const string Columns = "g.id, g.name, g.day, g.state, g.apply_at, g.held_at, g.made_at, g.confirmed_at, g.applied_at, g.version";

    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The first day on which it holds (yyyy-MM-dd, Amsterdam).</summary>
    public string Day { get; init; } = "";

    public string State { get; init; } = "";

    public DateTime? ApplyAt { get; init; }

    public DateTime? HeldAt { get; init; }

    public DateTime MadeAt { get; init; }

    public DateTime? ConfirmedAt { get; init; }

    public DateTime? AppliedAt { get; init; }

    public int Version { get; init; }

    public DateOnly On => DateOnly.ParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public DateTime Midnight => AmsterdamTime.StartOfDay(On);

    /// <summary>The state after <paramref name="action"/>; refused when it cannot follow.</summary>
    public string Next(MergerAction action)
    {
        var next = MergerRules.Next(Code.Parse<MergerState>(State), action);
        return next.Refusal is { } no ? throw new RefusedException(no) : Code.Of(next.Value);
    }

    public static StoredMerger Get(Unit unit, long id) =>
        unit.Find<StoredMerger>($"SELECT {Columns} FROM merger g WHERE g.id = @id", new { id }) ?? throw new RefusedException(new Refusal("merger-unknown"));
}
