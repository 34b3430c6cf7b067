namespace Loket.Web.Tests.Server;

/// <summary>What people do, over the interface, in one line each.</summary>
public static class Acts
{
    /// <summary>Opens a case and gives its id.</summary>
    public static async Task<string> OpenCaseAsync(
        this Session desk, string topic = "debts", string municipality = "gm0518", string question = "Ik kan de huur niet betalen.", string? bsn = null) =>
        (await desk.PostAsync("/api/v1/cases", new { question, kind = bsn is null ? "none" : "person", topic, municipality, bsn })).Ok()["caseId"];

    /// <summary>Asks for a specialist, warm, and gives the id of the handoff.</summary>
    public static async Task<string> AskAsync(this Session desk, string caseId, string lineQuestion = "Kan de regeling opnieuw?") =>
        (await desk.PostAsync($"/api/v1/cases/{caseId}/handoffs", new { mode = "warm", citizenAt = "desk", lineQuestion })).Ok()["handoffId"];

    public static async Task BecomeFreeAsync(this Session specialist) => (await specialist.PutAsync("/api/v1/me/presence", new { state = "available" })).Ok();

    /// <summary>The offer that rings at this person now, or null.</summary>
    public static async Task<string?> OfferAsync(this Session specialist)
    {
        var offer = (await specialist.GetAsync("/api/v1/me/line")).Ok().Json.GetProperty("offer").GetProperty("offer");
        return offer.ValueKind == System.Text.Json.JsonValueKind.Object ? offer.GetProperty("id").GetString() : null;
    }

    /// <summary>Waits until something rings at this person.</summary>
    public static async Task<string> RungAsync(this Session specialist)
    {
        string? offer = null;
        await Until.TrueAsync(async () => (offer = await specialist.OfferAsync()) is not null, "an offer");
        return offer!;
    }

    /// <summary>Waits for the offer and accepts it.</summary>
    public static async Task AcceptAsync(this Session specialist) => (await specialist.PostAsync($"/api/v1/offers/{await specialist.RungAsync()}/accept")).Ok();
}
