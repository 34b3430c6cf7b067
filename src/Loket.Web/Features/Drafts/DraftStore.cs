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

/// <summary>Keeps what a person is typing, on the server and sealed, per form; a number never stays in it.</summary>
public sealed class DraftStore(Db db, KeyRing keys)
{
    private static readonly HashSet<string> NeverKept = ["bsn", "kvk", "rsin", "phone", "reach", "key", KeptDrafts.Field, "__RequestVerificationToken"];

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

    public Task<Draft?> FindAsync(Actor actor, string form) => db.ReadAsync(r => FindAsync(r, actor, form));

    public async Task<Draft?> FindAsync(Reader r, Actor actor, string form)
    {
        var row = await r.FindAsync<Row>("SELECT body, saved_at FROM draft WHERE professional_id = @Id AND form = @form", new { actor.Id, form });
        return row is null ? null : new Draft(Open(actor, form, row.Body), row.SavedAt);
    }

    /// <summary>What was typed, as the state of that form; empty when nothing was kept.</summary>
    public async Task<FormState> FormAsync(Actor actor, string draft, string form) => await FindAsync(actor, draft) is { } kept
        ? new FormState { Form = form, Values = kept.Fields, DraftSavedAt = kept.SavedAt }
        : FormState.Empty;

    /// <summary>Everything this person is in the middle of, still sealed.</summary>
    public async Task<OpenDrafts> OfAsync(Actor actor) =>
        new(await db.ReadAsync(r => r.QueryAsync<OpenDrafts.Row>("SELECT form, body, saved_at FROM draft WHERE professional_id = @Id", new { actor.Id })), row => Open(actor, row.Form, row.Body));

    /// <summary>The form was sent: the draft has done its work.</summary>
    public Task DropAsync(Actor actor, string form) =>
        db.WriteAsync<int>(unit => unit.Execute("DELETE FROM draft WHERE professional_id = @Id AND form = @form", new { actor.Id, form }));

    private Dictionary<string, string> Open(Actor actor, string form, string body) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(keys.Open(body, Context(actor.Id, form)))!;

    private static string Context(long id, string form) => string.Create(CultureInfo.InvariantCulture, $"draft:{id}:{form}");

    private sealed class Row
    {
        public string Body { get; init; } = "";

        public DateTime SavedAt { get; init; }
    }
}

/// <summary>Drafts of a month ago and idempotency answers of a week ago are no use to anybody.</summary>
public sealed class ForgetOldDrafts(Db db) : IJob
{
    public Task RunAsync(CancellationToken ct) => db.WriteAsync<int>(unit =>
        unit.Execute("DELETE FROM draft WHERE saved_at < @before", new { before = unit.Now.AddDays(-30) })
        + unit.Execute("DELETE FROM idempotency WHERE at < @before", new { before = unit.Now.AddDays(-7) }));
}
