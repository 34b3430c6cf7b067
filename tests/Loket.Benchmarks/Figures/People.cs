using Loket.Simulation.Client;

namespace Loket.Benchmarks.Figures;

/// <summary>Whom the figures play: people of the demo's own list.</summary>
internal static class People
{
    /// <summary>The desk of Utrecht.</summary>
    public static async Task<Somebody> DeskAsync(Uri server) =>
        (await Professional.EverybodyAsync(server)).First(p => p.FrontOffice == 1 && p.OrganisationCode == "gm0344");

    /// <summary>Somebody of a line.</summary>
    public static async Task<Somebody> OnLineAsync(Uri server, string line) =>
        (await Professional.EverybodyAsync(server)).First(p => p.Specialist == 1 && p.LineCode == line);

    /// <summary>Specialists of municipal lines, none of whom is on a line of another.</summary>
    public static async Task<List<Somebody>> OnOwnLinesAsync(Uri server)
    {
        var everybody = (await Professional.EverybodyAsync(server)).FindAll(p => p is { Specialist: 1, LineCode: not null });
        var linesOf = everybody.ToLookup(p => p.Id, p => p.LineCode!, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var people = new List<Somebody>();
        foreach (var person in everybody.Where(p => p.LineCode!.StartsWith("gm", StringComparison.Ordinal)))
        {
            if (!linesOf[person.Id].Any(taken.Contains))
            {
                taken.UnionWith(linesOf[person.Id]);
                people.Add(person);
            }
        }

        return people;
    }
}

/// <summary>The calls of the main job.</summary>
internal static class Handoffs
{
    public const string Question = "Kan de betalingsregeling voor de huur opnieuw worden bekeken?";

    public static async Task<string> OpenCaseAsync(Professional desk, string topic, string municipality) => (await desk.PostAsync(
        "api/v1/cases", new { question = "Ik kan de huur niet betalen en krijg brieven.", kind = "person", topic, municipality }, Professional.NewKey())).Need("open a case").Text("caseId");
}
