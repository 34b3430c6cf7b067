using Loket.Simulation.Actors;
using Loket.Simulation.Client;

namespace Loket.Simulation;

/// <summary>Who plays whom: a twelfth supervisors, a third desks, the rest specialists of municipal lines.</summary>
public sealed class Cast : IAsyncDisposable
{
    private Cast(IReadOnlyList<FrontOffice> desks, IReadOnlyList<Specialist> specialists, IReadOnlyList<Supervisor> supervisors)
    {
        Desks = desks;
        Specialists = specialists;
        Supervisors = supervisors;
        ById = ((IEnumerable<Worker>)[.. desks, .. specialists, .. supervisors]).ToDictionary(w => w.Who.Id, StringComparer.Ordinal);
    }

    public IReadOnlyList<FrontOffice> Desks { get; }

    public IReadOnlyList<Specialist> Specialists { get; }

    public IReadOnlyList<Supervisor> Supervisors { get; }

    public IReadOnlyDictionary<string, Worker> ById { get; }

    public static async Task<Cast> SignInAsync(Options options, Play play)
    {
        var rows = await Professional.EverybodyAsync(options.Urls[0]);
        var everybody = rows.DistinctBy(p => p.Id).ToList();
        var onLines = rows.Where(p => p is { Specialist: 1, FrontOffice: 0, LineCode: not null } && p.LineCode.StartsWith("gm", StringComparison.Ordinal)).DistinctBy(p => p.Id).ToList();
        var supervisorCount = Math.Max(1, options.Professionals / 12);
        var deskCount = Math.Max(1, options.Professionals / 3);
        // One line after the other gets its first member, then its second: many lines, each with colleagues.
        var specialists = Shared(onLines, p => p.LineCode!).Take(options.Professionals - supervisorCount - deskCount).ToList();
        var subjects = specialists.Select(p => p.LineCode!).Distinct(StringComparer.Ordinal).Select(SubjectOf).ToList();
        var desks = Shared(everybody.Where(p => p is { FrontOffice: 1, Specialist: 0 }), p => p.OrganisationCode).Take(deskCount).ToList();
        var supervisors = Shared(everybody.Where(p => p is { Supervisor: 1, FrontOffice: 0, Specialist: 0 }), p => p.OrganisationCode).Take(supervisorCount).ToList();
        var ids = specialists.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);

        async Task<List<T>> EachAsync<T>(List<Somebody> people, Func<Professional, Somebody, T> play)
        {
            var players = new List<T>();
            foreach (var person in people)
            {
                players.Add(play(await Professional.SignInAsync(options.Urls, person.Id), person));
            }

            return players;
        }

        return new Cast(
            await EachAsync(desks, (api, who) => new FrontOffice(api, who, play, subjects)),
            await EachAsync(specialists, (api, who) => new Specialist(api, who, play)),
            await EachAsync(supervisors, (api, who) => new Supervisor(api, who, play, ids)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in ById.Values)
        {
            await worker.Api.DisposeAsync();
        }
    }

    private static IEnumerable<Somebody> Shared(IEnumerable<Somebody> people, Func<Somebody, string> by) => people
        .GroupBy(by, StringComparer.Ordinal)
        .SelectMany(group => group.Select((person, place) => (person, place)))
        .OrderBy(p => p.place)
        .Select(p => p.person);

    private static Subject SubjectOf(string line)
    {
        var dash = line.IndexOf('-');
        return new Subject(line[(dash + 1)..].Replace('-', '_'), line[..dash]);
    }
}
