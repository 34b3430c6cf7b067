using Loket.Domain.Journeys;
using Loket.Web.Data;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Journeys;

/// <summary>Reads the life events for who keeps them up.</summary>
public sealed class LifeEventsQuery(Db db, Say say, LifeEvents events, JourneyQuery journeys)
{
    public LifeEventsView List() => new()
    {
        Rows = [.. events.Current.Select(Row).OrderBy(r => r.Name, StringComparer.CurrentCulture)],
    };

    /// <summary>One life event; null when there is no such one, or not in that version.</summary>
    public async Task<LifeEventView?> ShowAsync(string id, int? version, int? with, string? day, string? municipality, Dictionary<string, string?>? answers)
    {
        var versions = events.VersionsOf(id);
        if ((version is null ? versions.FirstOrDefault() : versions.FirstOrDefault(e => e.Version == version)) is not { } about)
        {
            return null;
        }

        var other = versions.FirstOrDefault(e => e.Version == with && e != about) ?? versions.FirstOrDefault(e => e != about);
        var form = new JourneyForm(id, string.IsNullOrWhiteSpace(day) ? Day(about) : day, answers, about.Version);
        var (shown, steps, error) = await journeys.PreviewAsync(form, municipality);
        return new LifeEventView
        {
            Id = id, Name = about.Name.In(say.IsEnglish), Version = about.Version, Versions = [.. versions.Select(e => e.Version)],
            File = about == events.Find(id) ? $"db/reference/{LifeEventFiles.Folder}/{id}.json" : $"db/reference/{LifeEventFiles.Archive}/{id}-{about.Version}.json",
            With = other?.Version,
            Changes = other is null ? [] : other.Version < about.Version ? TemplateDiff.Between(other, about) : TemplateDiff.Between(about, other),
            Form = form, Municipality = municipality, Event = shown!, Steps = steps, Refusal = error?.Refusal,
            Municipalities = (await db.ReadAsync(r => r.QueryAsync<NameRow>("SELECT code, short_name AS name FROM organisation WHERE kind = 'municipality' ORDER BY sort_name, code")))
                .ConvertAll(m => new Option(m.Code, m.Name)),
        };
    }

    // Somebody who reaches the age today, or what happens today.
    private string Day(LifeEvent about) => Dates.Machine(say.Dates.Today.AddYears(-about.Age));

    private LifeEventRow Row(LifeEvent about) => new()
    {
        Id = about.Id, Name = about.Name.In(say.IsEnglish), Version = about.Version, Steps = about.Steps.Count, Questions = about.Questions.Count,
        ToBeChecked = [.. about.Steps
            .Where(s => new[] { s.Term, s.Opens }.Any(t => t?.Law is { } id && events.Law.Find(id)?.Verified == false))
            .Select(s => s.Title.In(say.IsEnglish))],
    };

    private sealed class NameRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
