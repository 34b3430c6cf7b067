using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Chain;

namespace Loket.Web.Features.Callbacks;

/// <summary>The free moments of who makes a callback: within the hours of its line, the citizen's day, and beside their other callbacks.</summary>
public sealed class CallbackSlots(ServiceDates dates)
{
    private const string Busy = "SELECT from_at, until_at FROM callback WHERE professional_id = @person AND state = 'scheduled' AND until_at > @now AND id <> @except";
    private const string Around = """
        SELECT l.hours, l.callback_hours, p.time_zone FROM case_file c JOIN party p ON p.id = c.party_id LEFT JOIN line l ON l.code = @line WHERE c.id = @caseId
        """;

    /// <summary>The first free moment from <paramref name="from"/> on.</summary>
    /// <param name="except">The callback that is moved: its own moment is free.</param>
    public CallbackSlot First(Unit unit, long caseId, string? line, long person, DateTime from, long except = 0) => All(
        unit.Find<AroundRow>(Around, new { line, caseId })!, unit.Query<SlotRow>(Busy, new { person, now = unit.Now, except }), from).First();

    /// <summary>The free moments of an open callback in the coming two weeks, in order.</summary>
    public async Task<IReadOnlyList<CallbackSlot>> OfAsync(Reader r, StoredCallback callback, DateTime now) => Choice(
        (await r.FindAsync<AroundRow>(Around, new { line = callback.LineCode, caseId = callback.CaseId }))!,
        await r.QueryAsync<SlotRow>(Busy, new { person = callback.ProfessionalId, now, except = callback.Id }), now);

    /// <summary>Whether a moment is one of <see cref="OfAsync"/>.</summary>
    public CallbackSlot? Find(Unit unit, StoredCallback callback, DateTime from) => Choice(
        unit.Find<AroundRow>(Around, new { line = callback.LineCode, caseId = callback.CaseId })!,
        unit.Query<SlotRow>(Busy, new { person = callback.ProfessionalId, now = unit.Now, except = callback.Id }), unit.Now).FirstOrDefault(s => s.From == from);

    private List<CallbackSlot> Choice(AroundRow around, List<SlotRow> busy, DateTime now) => [.. All(around, busy, now).TakeWhile(s => s.From < now.AddDays(14))];

    private IEnumerable<CallbackSlot> All(AroundRow around, List<SlotRow> busy, DateTime from) =>
        dates.Callbacks(from, busy.Select(b => (b.FromAt, b.UntilAt)), atOnce: 1, around.Hours, around.CallbackHours, around.TimeZone);

    private sealed class AroundRow
    {
        public string? Hours { get; init; }

        public int? CallbackHours { get; init; }

        public string? TimeZone { get; init; }
    }

    private sealed class SlotRow
    {
        public DateTime FromAt { get; init; }

        public DateTime UntilAt { get; init; }
    }
}
