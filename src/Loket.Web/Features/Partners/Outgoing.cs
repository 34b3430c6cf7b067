using Loket.Web.Data;

namespace Loket.Web.Features.Partners;

/// <summary>Where Loket is for who reads a message: <c>Outgoing:BaseUrl</c>, without a slash at the end.</summary>
public sealed record LoketAddress(string Url);

/// <summary>
/// The one edge where something leaves Loket. A message is a row, written with what it is about; whatever sends mail or
/// text messages takes the rows that are not held, sets <c>sent_at</c> and empties the body. Loket has no such sender yet: rows wait, and
/// the demo shows them at <c>/demo/outgoing</c>.
/// </summary>
internal static class Outgoing
{
    public static void Queue(Unit unit, long caseId, string organisation, string channel, string address, string body, long? representation = null) => unit.Execute(
        "INSERT INTO outgoing_message (id, case_id, organisation_code, kind, address, body, queued_at, representation_id) VALUES (@id, @caseId, @organisation, @channel, @address, @body, @Now, @representation)",
        new { id = unit.NewId(), caseId, organisation, channel, address, body, unit.Now, representation });
}
