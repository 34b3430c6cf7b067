using Loket.Web.Data;
using Loket.Web.Jobs;
using Loket.Web.Security;

namespace Loket.Web.Features.Partners;

/// <summary>Where Loket is for who reads a message: <c>Outgoing:BaseUrl</c>, without a slash at the end.</summary>
public sealed record LoketAddress(string Url);

/// <summary>
/// The one edge where something leaves Loket. A message is a row, written with what it is about, its words sealed: a link
/// and its code must not be read beside each other. Whatever sends mail or text messages takes the rows that are not held,
/// opens them, sets <c>sent_at</c> and empties the body. Loket has no such sender yet: rows wait, and the demo shows them
/// at <c>/demo/outgoing</c>.
/// </summary>
public sealed class Outgoing(KeyRing keys)
{
    private const string Emptied = "UPDATE outgoing_message SET body = '', held_at = COALESCE(held_at, @Now)";

    internal void Queue(Unit unit, long caseId, string organisation, string channel, string address, string body, long? link = null, long? representation = null)
    {
        var id = unit.NewId();
        unit.Execute(
            """
            INSERT INTO outgoing_message (id, case_id, organisation_code, kind, address, body, is_sealed, queued_at, partner_link_id, representation_id)
            VALUES (@id, @caseId, @organisation, @channel, @address, @body, 1, @Now, @link, @representation)
            """,
            new { id, caseId, organisation, channel, address, body = keys.Seal(body, Context(id)), unit.Now, link, representation });
    }

    /// <summary>The words of a message; empty when it does not go any more.</summary>
    public string Open(OutgoingRow message) => message.IsSealed && message.Body.Length > 0 ? keys.Open(message.Body, Context(message.Id)) : message.Body;

    /// <summary>Ends the link of a step that nobody answered, and what was not sent of it does not go any more.</summary>
    internal static void WithdrawLink(Unit unit, long stepId)
    {
        unit.Execute($"{Emptied} WHERE sent_at IS NULL AND partner_link_id IN (SELECT k.id FROM partner_link k WHERE k.step_id = @stepId AND k.state = 'sent')", new { stepId, unit.Now });
        unit.Execute("UPDATE partner_link SET state = 'withdrawn', version = version + 1 WHERE step_id = @stepId AND state = 'sent'", new { stepId });
    }

    /// <summary>Of a link that was answered or closed: what was not sent of it does not go any more.</summary>
    internal static void EndLink(Unit unit, long linkId) => unit.Execute($"{Emptied} WHERE sent_at IS NULL AND partner_link_id = @linkId", new { linkId, unit.Now });

    /// <summary>The same of the links whose last day is over.</summary>
    internal static int EndExpired(Unit unit) => unit.Execute(
        $"{Emptied} WHERE sent_at IS NULL AND body <> '' AND partner_link_id IN (SELECT k.id FROM partner_link k WHERE k.state = 'sent' AND k.expires_at <= @Now)", new { unit.Now });

    private static string Context(long id) => $"outgoing:{id}";
}

/// <summary>Links whose last day is over: neither they nor their codes go out any more, or lie here.</summary>
public sealed class ForgetLinks(Db db) : IJob
{
    public Task RunAsync(CancellationToken ct) => db.WriteAsync<int>(unit => Outgoing.EndExpired(unit));
}
