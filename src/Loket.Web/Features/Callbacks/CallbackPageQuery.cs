using Loket.Domain.Callbacks;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Callbacks;

/// <summary>One callback for who makes it or works its case.</summary>
public sealed class CallbackPageQuery(Db db, Say say, CallbackSlots slots)
{
    private const int DigitsShown = 3;

    public Task<CallbackView?> LoadAsync(Actor actor, long callbackId, FormState? form = null) => db.ReadAsync<CallbackView?>(async r =>
    {
        if (await CallbackAccess.FindAsync(r, actor, callbackId) is not { } callback)
        {
            return null;
        }

        var row = await CallbackQuery.OneAsync(r, say, actor, callbackId);
        var about = (await r.FindAsync<AboutRow>(
            """
            SELECT p.time_zone, p.channel, o.display_name AS caller, n.display_name AS help_name, n.phone AS help_phone
            FROM callback b JOIN case_file c ON c.id = b.case_id JOIN party p ON p.id = c.party_id
            JOIN organisation o ON o.code = b.organisation_code JOIN organisation n ON n.code = @OrganisationCode WHERE b.id = @callbackId
            """,
            new { callbackId, actor.OrganisationCode }))!;
        var calls = await r.QueryAsync<CallStored>(
            $"""
            SELECT a.n, a.at, w.name AS who, COALESCE(a.why_not, a.result) AS result,
                   CASE WHEN v.organisation_code = @OrganisationCode OR v.organisation_code IN {Actor.PastCodes} OR a.professional_id = @Id THEN v.value END AS note
            FROM callback_attempt a JOIN professional w ON w.id = a.professional_id LEFT JOIN personal_value v ON v.id = a.personal_id
            WHERE a.callback_id = @callbackId ORDER BY a.n
            """,
            new { callbackId, actor.OrganisationCode, actor.Id });
        var digits = new string([.. (row.Phone ?? "").Where(char.IsAsciiDigit)]);
        return new CallbackView
        {
            Row = row, IsOpen = callback.IsOpen, TimeZone = CitizenClock.Of(about.TimeZone).Id, Channel = about.Channel ?? "phone", Form = form ?? FormState.Empty,
            Calls = calls.ConvertAll(c => new CallRow(c.N, c.At, c.Who, c.Result, c.Note)),
            Moments = callback.IsOpen ? [.. (await slots.OfAsync(r, callback, db.Now())).Select(s => s.From)] : [],
            Citizen = new CitizenSheet(
                about.Caller, callback.OrganisationCode == actor.OrganisationCode, about.HelpName, about.HelpPhone, digits.Length > DigitsShown ? digits[^DigitsShown..] : null),
        };
    });

    private sealed class AboutRow
    {
        public string? TimeZone { get; init; }

        public string? Channel { get; init; }

        public string Caller { get; init; } = "";

        public string HelpName { get; init; } = "";

        public string? HelpPhone { get; init; }
    }

    private sealed class CallStored
    {
        public int N { get; init; }

        public DateTime At { get; init; }

        public string Who { get; init; } = "";

        public string Result { get; init; } = "";

        public string? Note { get; init; }
    }
}
