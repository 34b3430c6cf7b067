using Loket.Web.Data;
using Loket.Web.Features.Journeys;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Chain;

/// <summary>What the board can be narrowed to, and the filter as it holds: names for the choices, lines of the chosen organisation.</summary>
public sealed class BoardOffer
{
    public BoardFilter Filter { get; init; } = BoardFilter.None.Cleaned();

    /// <summary>Organisations with people in Loket; only they can be in a chain.</summary>
    public IReadOnlyList<Option> Organisations { get; init; } = [];

    /// <summary>Lines of the chosen organisation, else of the viewer's own.</summary>
    public IReadOnlyList<Option> Lines { get; init; } = [];

    public IReadOnlyList<Option> Topics { get; init; } = [];

    public IReadOnlyList<Option> LifeEvents { get; init; } = [];
}

/// <summary>Reads the choices of the board from the directory, which does not grow with the cases.</summary>
public sealed class BoardChoices(LifeEvents lifeEvents, Say say)
{
    internal async Task<BoardOffer> LoadAsync(Reader r, Actor actor, BoardFilter filter)
    {
        var ofLine = filter.Line is null ? null : await r.FindAsync<string>("SELECT organisation_code FROM line WHERE code = @Line", new { filter.Line });
        // Who chooses another organisation does not mean the line of the one before.
        var held = ofLine is null || (filter.Organisation is { } chosen && chosen != ofLine) ? filter with { Line = null } : filter;
        var lines = await r.QueryAsync<LineRow>(
            "SELECT code, name_nl, name_en FROM line WHERE organisation_code = @organisation ORDER BY topic_code",
            new { organisation = held.Organisation ?? (held.Line is null ? actor.OrganisationCode : ofLine) });
        var organisations = await r.QueryAsync<OrganisationRow>(
            """
            SELECT o.code, o.display_name AS name FROM organisation o
            WHERE EXISTS (SELECT 1 FROM professional p WHERE p.organisation_code = o.code AND p.active = 1) ORDER BY o.sort_name
            """);
        var topics = await r.QueryAsync<string>("SELECT code FROM topic ORDER BY position");
        return new BoardOffer
        {
            Filter = held,
            Organisations = organisations.ConvertAll(o => new Option(o.Code, o.Name)),
            Lines = lines.ConvertAll(l => new Option(l.Code, say.IsEnglish ? l.NameEn : l.NameNl)),
            Topics = topics.ConvertAll(code => new Option(code, say.Topic(code))),
            LifeEvents = lifeEvents.Options(say),
        };
    }

    private sealed class OrganisationRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string NameNl { get; init; } = "";

        public string NameEn { get; init; } = "";
    }
}
