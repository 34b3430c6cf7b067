using Loket.Web.Data;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Partners;

/// <summary>GET /partners and /partners/{id}: the register, and the form for one. View <c>Partners/Register.cshtml</c>.</summary>
public sealed class PartnerRegisterView
{
    /// <summary>In use first, then by name.</summary>
    public IReadOnlyList<RegisteredPartner> Partners { get; init; } = [];

    /// <summary>The one the form changes; null while it adds one.</summary>
    public RegisteredPartner? Partner { get; init; }

    /// <summary>Refused form <c>partner</c>; fields <c>kind name email sms post</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

public sealed class RegisteredPartner
{
    public long Id { get; init; }

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public bool Active { get; init; }

    public int Version { get; init; }

    /// <summary>The addresses in use, at most one of each kind.</summary>
    public IReadOnlyList<CheckedChannel> Channels { get; set; } = [];

    public string? Address(string kind) => Channels.FirstOrDefault(c => c.Kind == kind)?.Address;
}

/// <summary>An address, who checked that it is the partner's, and when (yyyy-MM-dd).</summary>
public sealed class CheckedChannel
{
    public long PartnerId { get; init; }

    public string Kind { get; init; } = "";

    public string Address { get; init; } = "";

    public string CheckedOn { get; init; } = "";

    public string CheckedBy { get; init; } = "";
}

public sealed class PartnerRegisterQuery(Db db)
{
    /// <summary>Null when there is no such partner.</summary>
    public Task<PartnerRegisterView?> LoadAsync(long? id, FormState form) => db.ReadAsync(async r =>
    {
        var partners = await r.QueryAsync<RegisteredPartner>(
            "SELECT id, kind, name, active, version FROM partner WHERE active IN (0, 1) ORDER BY active DESC, sort_name, id");
        var channels = (await r.QueryAsync<CheckedChannel>(
            """
            SELECT n.partner_id, n.kind, n.address, n.checked_on, n.checked_by FROM partner x JOIN partner_channel n ON n.partner_id = x.id
            WHERE x.active IN (0, 1) AND n.active = 1 ORDER BY n.partner_id, n.id
            """)).ToLookup(channel => channel.PartnerId);
        partners.ForEach(partner => partner.Channels = [.. channels[partner.Id]]);
        var selected = partners.Find(partner => partner.Id == id);
        return id is not null && selected is null ? null : new PartnerRegisterView { Partners = partners, Partner = selected, Form = form };
    });
}
