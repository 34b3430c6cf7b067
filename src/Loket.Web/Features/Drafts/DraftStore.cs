using System.Globalization;
using System.Text.Json;
using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.Drafts;

/// <summary>What was typed and when it was kept.</summary>
public sealed record Draft(IReadOnlyDictionary<string, string> Fields, DateTime SavedAt);

/// <summary>
/// Keeps what a person is typing, on the server and sealed, per form; a number never stays in it. One a request: whatever
/// a page asks of it is read once.
/// </summary>
public sealed class DraftStore(Db db, KeyRing keys)
{
    private static readonly HashSet<string> NeverKept = ["bsn", "kvk", "rsin", "phone", "reach", "key", KeptDrafts.Field, "__RequestVerificationToken"];
    private (long Person, OpenDrafts Open)? read;

    public async Task<Outcome<DateTime>> SaveAsync(Actor actor, string form, IReadOnlyDictionary<string, string> fields)
    {
        if (form.Length > 60 || fields.Sum(f => f.Key.Length + f.Value.Length) > 20_000)
        {
            return new Refusal("draft-too-large");
        }

        var kept = fields.Where(f => !NeverKept.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        if (kept.Count == 0)
        {
            await DropAsync(actor, form);
            return db.Now();
        }

        read = null;
        var body = keys.Seal(JsonSerializer.Serialize(kept), Context(actor.Id, form));
        return await db.WriteAsync<DateTime>(unit =>
        {
            var args = new { actor.Id, form, body, unit.Now };
            if (unit.Execute("UPDATE draft SET body = @body, saved_at = @Now WHERE professional_id = @Id AND form = @form", args) == 0)
            {
                unit.Execute("INSERT INTO draft (professional_id, form, body, saved_at) VALUES (@Id, @form, @body, @Now)", args);
            }

            return unit.Now;
        });
    }

    public async Task<Draft?> FindAsync(Actor actor, string form) => (await OfAsync(actor)).Find(form);

    /// <summary>What was typed, as the state of that form; empty when nothing was kept.</summary>
    public async Task<FormState> FormAsync(Actor actor, string draft, string form) => await FindAsync(actor, draft) is { } kept
        ? new FormState { Form = form, Values = kept.Fields, DraftSavedAt = kept.SavedAt }
        : FormState.Empty;

    /// <summary>Everything this person is in the middle of, still sealed.</summary>
    public async Task<OpenDrafts> OfAsync(Actor actor)
    {
        if (read is not { } known || known.Person != actor.Id)
        {
            var rows = await db.ReadAsync(r => r.QueryAsync<OpenDrafts.Row>("SELECT form, body, saved_at FROM draft WHERE professional_id = @Id", new { actor.Id }));
            read = known = (actor.Id, new OpenDrafts(rows, row => Open(actor, row.Form, row.Body)));
        }

        return known.Open;
    }

    /// <summary>What a person wrote in a form: texts of more than a word, without numbers of people, ids and codes.</summary>
    public static IReadOnlyList<string> Sentences(IFormCollection form) =>
        [.. form.Where(f => !NeverKept.Contains(f.Key)).SelectMany(f => f.Value).OfType<string>().Select(v => v.Trim()).Where(v => v.Any(char.IsWhiteSpace))];

    /// <summary>The form was sent: the draft has done its work.</summary>
    public Task DropAsync(Actor actor, string form)
    {
        read = null;
        return db.WriteAsync<int>(unit => unit.Execute("DELETE FROM draft WHERE professional_id = @Id AND form = @form", new { actor.Id, form }));
    }

    private Dictionary<string, string> Open(Actor actor, string form, string body) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(keys.Open(body, Context(actor.Id, form)))!;

    private static string Context(long id, string form) => string.Create(CultureInfo.InvariantCulture, $"draft:{id}:{form}");
}

/// <summary>Drafts of a month ago and idempotency answers of a week ago are no use to anybody.</summary>
public sealed class ForgetOldDrafts(Db db) : IJob
{
    public Task RunAsync(CancellationToken ct) => db.WriteAsync<int>(unit =>
        unit.Execute("DELETE FROM draft WHERE saved_at < @before", new { before = unit.Now.AddDays(-30) })
        + unit.Execute("DELETE FROM idempotency WHERE at < @before", new { before = unit.Now.AddDays(-7) }));
}
