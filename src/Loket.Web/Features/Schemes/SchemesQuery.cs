using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Schemes;

/// <summary>The cards of the schemes: all, those of a life event, or one.</summary>
public sealed class SchemesQuery(SchemeBook book, LifeEvents lifeEvents, Db db, Say say)
{
    public SchemesView List(string? lifeEvent) => new()
    {
        LifeEvent = lifeEvents.Options(say).FirstOrDefault(o => o.Value == lifeEvent),
        Schemes = [.. book.All.Where(s => lifeEvent is null || s.LifeEvents.Contains(lifeEvent)).OrderBy(s => s.Name(say.IsEnglish), StringComparer.CurrentCulture)],
    };

    public async Task<SchemeView?> FindAsync(string id) => book.Find(id) is not { } scheme ? null : new SchemeView
    {
        Scheme = scheme,
        BodyName = scheme.Body is null ? null : await db.ReadAsync(r => r.FindAsync<string>("SELECT display_name FROM organisation WHERE code = @Body", new { scheme.Body })),
        IsOverdue = scheme.ReviewBy < AmsterdamTime.DateOf(db.Now()),
    };
}

/// <summary>The list. View <c>Schemes/Schemes.cshtml</c>.</summary>
public sealed class SchemesView
{
    /// <summary>The life event they play in; null when all are shown.</summary>
    public Option? LifeEvent { get; init; }

    public IReadOnlyList<Scheme> Schemes { get; init; } = [];
}

/// <summary>One card. View <c>Schemes/Scheme.cshtml</c>.</summary>
public sealed class SchemeView
{
    public Scheme Scheme { get; init; } = new();

    public string? BodyName { get; init; }

    /// <summary>Its editors should have looked at it again by now.</summary>
    public bool IsOverdue { get; init; }
}
