using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Domain.Lines;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Features.Shared;
using Loket.Web.Live;
using Loket.Web.Security;

namespace Loket.Web.Features.Lines;

public sealed record LineSaved(string Line, int Version, int Changes);

/// <summary>
/// Saves a line as its manager wants it, in one unit: settings, tiers, area and members, one journal row for each field
/// that changed, and its effect at once: what rings at who left the line goes on, what waits is offered to who is free.
/// </summary>
public sealed class SaveLine(Db db, Dispatch dispatch, LiveHints hints)
{
    public Task<Outcome<LineSaved>> RunAsync(Actor actor, string code, SaveLineForm form, string? key) =>
        db.WriteAsync<LineSaved>(Command.Of(actor.Id, "line-save", key, new { code, form }), unit =>
        {
            if (StoredLine.Load(unit, actor.OrganisationCode, [code]).FirstOrDefault() is not { } stored)
            {
                return new Refusal("no-such-line");
            }

            if (LineChecks.Of(form.Settings).Concat(LineChecks.Of(form.Members)).FirstOrDefault() is { } wrong)
            {
                return wrong.Refusal;
            }

            if (InDatabase(unit, actor.OrganisationCode, code, form).FirstOrDefault() is { } unknown)
            {
                return unknown.Refusal;
            }

            return stored.Version == form.Version ? Apply(unit, actor, stored, form) : new Refusal("stale");
        });

    /// <summary>What is wrong with it as the database is now: an overflow line, a municipality, a topic or a member that is not there.</summary>
    public static IEnumerable<FieldError> InDatabase(Unit unit, string organisation, string code, SaveLineForm form)
    {
        var s = form.Settings;
        if (s.Overflow is { } overflow && (overflow == code || unit.Scalar<long>("SELECT COUNT(*) FROM line WHERE code = @overflow", new { overflow }) == 0))
        {
            yield return new("overflow", new Refusal("line-overflow", overflow));
        }

        var municipalities = s.Area.Count == 0 ? [] : unit.Query<string>("SELECT code FROM organisation WHERE kind = 'municipality' AND code IN @Area", new { s.Area });
        if (s.Area.Except(municipalities, StringComparer.Ordinal).FirstOrDefault() is { } nowhere)
        {
            yield return new("area", new Refusal("line-area", nowhere));
        }

        var ids = form.Members.Select(m => m.ProfessionalId).ToList();
        var specialists = ids.Count == 0 ? [] : unit.Query<long>(
            "SELECT id FROM professional WHERE organisation_code = @organisation AND specialist = 1 AND active = 1 AND id IN @ids", new { organisation, ids });
        foreach (var stranger in ids.Except(specialists))
        {
            yield return new($"member-{stranger}", new Refusal("line-member-unknown", stranger.ToString(CultureInfo.InvariantCulture)));
        }

        var topics = form.Members.SelectMany(m => m.Topics).Distinct(StringComparer.Ordinal).ToList();
        var known = topics.Count == 0 ? [] : unit.Query<string>("SELECT code FROM topic WHERE code IN @topics", new { topics });
        if (topics.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } topic)
        {
            yield return new($"member-{form.Members.First(m => m.Topics.Contains(topic)).ProfessionalId}", new Refusal("line-member-topic", topic));
        }
    }

    /// <summary>Writes what differs. The caller has checked it.</summary>
    internal LineSaved Apply(Unit unit, Actor actor, StoredLine stored, SaveLineForm form)
    {
        var changes = Changes(stored, form).ToList();
        if (changes.Count == 0)
        {
            return new LineSaved(stored.Code, stored.Version, 0);
        }

        var s = form.Settings;
        unit.ExecuteGuarded(
            """
            UPDATE line SET name_nl = @NameNl, name_en = @NameEn, phone = @Phone, strategy = @Strategy, offer_seconds = @OfferSeconds, live_seconds = @LiveSeconds,
                   wrap_up_seconds = @WrapUpSeconds, capacity = @Capacity, callback_hours = @CallbackHours, callback_attempts = @CallbackAttempts, hours = @Hours,
                   overflow_line = @Overflow, version = version + 1
            WHERE code = @Code AND version = @Version
            """,
            new
            {
                s.NameNl, s.NameEn, s.Phone, s.Strategy, s.OfferSeconds, s.LiveSeconds, s.WrapUpSeconds, s.Capacity, s.CallbackHours, s.CallbackAttempts, s.Hours,
                s.Overflow, stored.Code, stored.Version,
            });
        WriteSteps(unit, stored.Code, s);
        WriteMembers(unit, stored, form.Members);
        foreach (var (field, was, became) in changes)
        {
            unit.Execute(
                "INSERT INTO line_change (id, line_code, at, professional_id, field, was, became) VALUES (@id, @Code, @Now, @actor, @field, @was, @became)",
                new { id = unit.NewId(), stored.Code, unit.Now, actor = actor.Id, field, was, became });
        }

        TakeEffect(unit, stored, form.Members);
        return new LineSaved(stored.Code, stored.Version + 1, changes.Count);
    }

    /// <summary>Field, what it was, what it becomes; a member that comes or goes has an empty side.</summary>
    public static IEnumerable<(string Field, string? Was, string? Became)> Changes(StoredLine stored, SaveLineForm form)
    {
        var (was, becomes) = (LineText.Of(stored.Settings), LineText.Of(form.Settings));
        for (var i = 0; i < was.Count; i++)
        {
            if (was[i] != becomes[i])
            {
                yield return (LineText.Fields[i], Cut(was[i]), Cut(becomes[i]));
            }
        }

        foreach (var id in stored.Members.Concat(form.Members).Select(m => m.ProfessionalId).Distinct())
        {
            var before = stored.Members.FirstOrDefault(m => m.ProfessionalId == id) is { } b ? LineText.Of(b) : null;
            var after = form.Members.FirstOrDefault(m => m.ProfessionalId == id) is { } a ? LineText.Of(a) : null;
            if (before != after)
            {
                yield return (string.Create(CultureInfo.InvariantCulture, $"member:{id}"), before, after);
            }
        }
    }

    private static void WriteSteps(Unit unit, string code, LineSettings s)
    {
        unit.Execute("DELETE FROM line_tier WHERE line_code = @code", new { code });
        for (var n = 0; n < s.Tiers.Count; n++)
        {
            var tier = s.Tiers[n];
            unit.Execute(
                "INSERT INTO line_tier (line_code, tier, strategy, seconds, needs_language, needs_topic) VALUES (@code, @n, @Strategy, @Seconds, @language, @topic)",
                new { code, n = n + 1, tier.Strategy, tier.Seconds, language = tier.NeedsLanguage ? 1 : 0, topic = tier.NeedsTopic ? 1 : 0 });
        }

        unit.Execute("DELETE FROM line_area WHERE line_code = @code", new { code });
        foreach (var municipality in s.Area)
        {
            unit.Execute("INSERT INTO line_area (line_code, municipality_code) VALUES (@code, @municipality)", new { code, municipality });
        }
    }

    // Who stays keeps the own switch and the counts of today.
    private static void WriteMembers(Unit unit, StoredLine stored, IReadOnlyList<LineMember> members)
    {
        foreach (var gone in stored.Members.Where(m => members.All(n => n.ProfessionalId != m.ProfessionalId)))
        {
            unit.Execute("DELETE FROM line_member WHERE line_code = @Code AND professional_id = @ProfessionalId", new { stored.Code, gone.ProfessionalId });
        }

        foreach (var m in members)
        {
            var args = new { stored.Code, m.ProfessionalId, m.Tier, m.Place, m.Weight };
            if (unit.Execute(
                "UPDATE line_member SET tier = @Tier, position = @Place, weight = @Weight WHERE line_code = @Code AND professional_id = @ProfessionalId", args) == 0)
            {
                unit.Execute("INSERT INTO line_member (line_code, professional_id, tier, position, weight) VALUES (@Code, @ProfessionalId, @Tier, @Place, @Weight)", args);
            }

            unit.Execute("DELETE FROM professional_skill WHERE professional_id = @ProfessionalId", new { m.ProfessionalId });
            foreach (var (kind, code) in m.Languages.Select(l => ("language", l)).Concat(m.Topics.Select(t => ("topic", t))))
            {
                unit.Execute("INSERT INTO professional_skill (professional_id, kind, code) VALUES (@ProfessionalId, @kind, @code)", new { m.ProfessionalId, kind, code });
            }
        }
    }

    private void TakeEffect(Unit unit, StoredLine stored, IReadOnlyList<LineMember> members)
    {
        foreach (var gone in stored.Members.Where(m => members.All(n => n.ProfessionalId != m.ProfessionalId)))
        {
            foreach (var offer in unit.Query<StoredOffer>(
                $"SELECT {StoredOffer.Columns} FROM offer o WHERE o.professional_id = @ProfessionalId AND o.line_code = @Code AND o.state = 'pending'", new { gone.ProfessionalId, stored.Code }))
            {
                dispatch.EndOffer(unit, offer, OfferAction.Cancel);
                var handoff = StoredHandoff.Get(unit, offer.HandoffId);
                Dispatch.Journal(unit, handoff, "offer_cancelled", offer.Id, null, new { notify = Notify.Ids(gone.ProfessionalId, handoff.SenderId) });
                dispatch.MoveOn(unit, offer.HandoffId);
                dispatch.OfferWaiting(unit, gone.ProfessionalId);
            }
        }

        foreach (var member in members.Where(m => PresenceStore.Get(unit, m.ProfessionalId).PresenceState is PresenceState.Available or PresenceState.Engaged))
        {
            dispatch.OfferWaiting(unit, member.ProfessionalId);
        }

        var people = stored.Members.Concat(members).Select(m => m.ProfessionalId).Distinct().ToList();
        unit.AfterCommit(() => people.ForEach(hints.PresenceChanged));
    }

    private static string Cut(string text) => text.Length <= 1000 ? text : text[..1000];
}
