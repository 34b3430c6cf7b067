using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Search;

/// <summary>
/// From question to door: the professional's words suggest a life event, schemes and topics, by the same index, always the
/// same for the same words. When another topic is chosen, that is kept for upkeep: codes only, never the question.
/// </summary>
public sealed class Suggest(SearchReference reference, Db db)
{
    public const int Most = 4;
    private const int Looked = 30;
    private const double NearBest = 0.6;
    private const int MostBeside = 2;

    /// <summary>
    /// The best suggestions, each with its own topic or life event; none when the words say too little. A story of two things
    /// (somebody died, and the rent was not paid) gets those of the other thing too.
    /// </summary>
    public IReadOnlyList<SearchHit> For(string? question, bool english, string? municipality)
    {
        var best = Near(reference.FindForStory(question ?? "", english, municipality, Looked));
        if (best.Count == 0)
        {
            return [];
        }

        var beside = Near(reference.FindBeside(best, question!, english, municipality, Looked)).Where(h => best.All(b => b.Topic != h.Topic)).Take(MostBeside).ToList();
        return [.. best.Take(Most - beside.Count), .. beside];
    }

    private static List<SearchHit> Near(IReadOnlyList<SearchHit> found)
    {
        var leads = found.Where(h => h is { Topic: not null, Kind: "scheme" or "topic" or "life_event" }).ToList();
        return leads.FindAll(h => h.Score >= leads[0].Score * NearBest);
    }

    /// <summary>Keeps that the professional chose a topic that was not suggested. Nothing is kept when it was, or when there was no suggestion.</summary>
    public async Task RememberAsync(Actor actor, string? question, string topic, string? key)
    {
        var suggested = For(question, english: false, municipality: null);
        if (suggested.Count == 0 || suggested.Any(s => s.Topic == topic))
        {
            return;
        }

        var command = Command.Of(actor.Id, "suggestion-correction", string.IsNullOrWhiteSpace(key) ? null : $"{key.Trim()}-s", new { topic });
        await db.WriteAsync<int>(command, unit => unit.Execute(
            """
            INSERT INTO suggestion_correction (id, made_at, suggested_kind, suggested_code, suggested_topic, chosen_topic)
            VALUES (@id, @Now, @Kind, @Code, @suggestedTopic, @topic)
            """,
            new { id = unit.NewId(), unit.Now, suggested[0].Kind, suggested[0].Code, suggestedTopic = suggested[0].Topic, topic }));
    }
}
