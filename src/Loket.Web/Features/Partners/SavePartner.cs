using System.Globalization;
using Loket.Domain;
using Loket.Domain.Parties;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Partners;

/// <summary>A partner as typed. Version is that of what stood on the page; an inactive partner is not asked anything new.</summary>
public sealed record PartnerForm(string? Kind, string? Name, string? Email, string? Sms, string? Post, bool Active = true, int Version = 0);

public sealed record PartnerSaved(string PartnerId, int Version);

/// <summary>
/// A supervisor adds a partner to the register or changes one. Whoever types an address has checked it: it carries their
/// name and today. An address that is replaced stays with what was sent to it, and is used no more.
/// </summary>
public sealed class SavePartner(Db db)
{
    public Task<Outcome<PartnerSaved>> AddAsync(Actor actor, PartnerForm form, string? key) =>
        db.WriteAsync<PartnerSaved>(Command.Of(actor.Id, "partner-add", key, form), unit =>
        {
            var partner = Trimmed(form);
            if (Check(unit, partner, id: 0) is { } no)
            {
                return no;
            }

            var id = unit.NewId();
            PartnerRegister.Add(unit, id, partner.Kind!, partner.Name!, Today(unit), By(actor), Channels(partner));
            return new PartnerSaved(Text(id), 1);
        });

    public Task<Outcome<PartnerSaved>> ChangeAsync(Actor actor, long id, PartnerForm form, string? key) =>
        db.WriteAsync<PartnerSaved>(Command.Of(actor.Id, "partner-change", key, new { id, form }), unit =>
        {
            if (unit.Find<int?>("SELECT version FROM partner WHERE id = @id", new { id }) is not { } version)
            {
                return new Refusal("partner-unknown");
            }

            var partner = Trimmed(form);
            if (Check(unit, partner, id) is { } no)
            {
                return no;
            }

            if (unit.Execute(
                "UPDATE partner SET kind = @Kind, name = @Name, sort_name = @sort, active = @active, version = version + 1 WHERE id = @id AND version = @Version",
                new { partner.Kind, partner.Name, sort = Sort(partner.Name!), active = partner.Active ? 1 : 0, id, partner.Version }) == 0)
            {
                return new Refusal("stale");
            }

            var known = unit.Query<KnownChannel>("SELECT id, kind, address FROM partner_channel WHERE partner_id = @id AND active = 1", new { id });
            foreach (var old in known.Where(k => !Channels(partner).Contains((k.Kind, k.Address))))
            {
                unit.Execute("UPDATE partner_channel SET active = 0 WHERE id = @Id", new { old.Id });
            }

            PartnerRegister.AddChannels(unit, id, Today(unit), By(actor), Channels(partner).Except(known.Select(k => (k.Kind, (string?)k.Address))));
            return new PartnerSaved(Text(id), version + 1);
        });

    private static Refusal? Check(Unit unit, PartnerForm partner, long id) =>
        PartnerRules.Check(partner.Kind, partner.Name, partner.Email, partner.Sms, partner.Post)
        ?? (unit.Scalar<long>(
            "SELECT COUNT(*) FROM partner WHERE active IN (0, 1) AND sort_name = @sort AND id <> @id", new { sort = Sort(partner.Name!), id }) > 0 ? new Refusal("partner-name-known") : null);

    private static (string Kind, string? Address)[] Channels(PartnerForm partner) => [("email", partner.Email), ("sms", partner.Sms), ("post", partner.Post)];

    private static PartnerForm Trimmed(PartnerForm form) => form with
    {
        Name = Trimmed(form.Name),
        Email = Trimmed(form.Email),
        Sms = Trimmed(form.Sms),
        Post = Trimmed(form.Post),
    };

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string Sort(string name) => name.ToLowerInvariant();

    private static string Today(Unit unit) => AmsterdamTime.DateOf(unit.Now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string By(Actor actor) => $"{actor.Name}, {actor.OrganisationName}" is { Length: <= 120 } both ? both : actor.Name;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    private sealed class KnownChannel
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Address { get; init; } = "";
    }
}
