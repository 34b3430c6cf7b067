using System.Globalization;
using Loket.Domain;
using Loket.Domain.Handoffs;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Presence;
using Loket.Web.Security;

namespace Loket.Web.Tests.Support;

/// <summary>A line and the people on it.</summary>
public sealed record GivenLine(string Code, IReadOnlyList<Actor> Members);

/// <summary>
/// Builds a world in sentences. Directory rows are written directly; cases, presence and handoffs go through their use
/// cases, so that journal and deadlines are as they are in life. What a row refers to is made when it is missing.
/// </summary>
public sealed class Given(World world)
{
    private static readonly string[] MunicipalTopics = ["general", "civil_affairs", "work_income", "care_wmo", "debts", "permits"];
    private int people = 100;

    /// <summary>Any public body; its kind follows from the code (gm, so, pv, ws, else national). Has one team, <c>{code}-team</c>.</summary>
    public async Task<string> Organisation(string code, string? name = null)
    {
        var kind = code[..2] switch
        {
            "gm" => "municipality",
            "so" => "regional",
            "pv" => "province",
            "ws" => "water_board",
            _ => "national",
        };
        if (await Missing("organisation", code))
        {
            await world.ExecuteAsync(
                "INSERT INTO organisation (code, name, short_name, display_name, sort_name, kind, phone) VALUES (@code, @name, @name, @name, @sort, @kind, '14 000')",
                new { code, name = name ?? code, sort = (name ?? code).ToLowerInvariant(), kind });
            await Team($"{code}-team");
        }

        return code;
    }

    public Task<string> Municipality(string code, string? name = null) => Organisation(code, name);

    public async Task<string> Team(string code)
    {
        if (await Missing("team", code))
        {
            await world.ExecuteAsync(
                "INSERT INTO team (code, organisation_code, name) VALUES (@code, @organisation, @code)",
                new { code, organisation = await Organisation(code[..code.IndexOf('-')]) });
        }

        return code;
    }

    public async Task<string> Topic(string code)
    {
        if (await Missing("topic", code))
        {
            await world.ExecuteAsync(
                "INSERT INTO topic (code, name_nl, name_en, layer, position) VALUES (@code, @code, @code, @layer, 1)",
                new { code, layer = MunicipalTopics.Contains(code) ? "municipal" : "national" });
        }

        return code;
    }

    /// <summary>
    /// A line such as <c>gm0518-debts</c>, with <paramref name="members"/> specialists of its own who are offline; none
    /// means not connected. <paramref name="serves"/> are the municipalities it also works for.
    /// </summary>
    public async Task<GivenLine> Line(
        string code, int members = 0, string strategy = "longest_idle", int offerSeconds = 30, int liveSeconds = 120, params string[] serves)
    {
        var organisation = await Organisation(code[..code.IndexOf('-')]);
        var topic = await Topic(code[(code.IndexOf('-') + 1)..].Replace('-', '_'));
        var kind = topic == "general" ? "general" : organisation[..2] switch { "gm" => "municipal", "so" => "regional", _ => "national" };
        if (await Missing("line", code))
        {
            await world.ExecuteAsync(
                """
                INSERT INTO line (code, organisation_code, topic_code, kind, name_nl, name_en, phone, strategy, offer_seconds, live_seconds, is_live)
                VALUES (@code, @organisation, @topic, @kind, @code, @code, '14 000', @strategy, @offerSeconds, @liveSeconds, 1)
                """,
                new { code, organisation, topic, kind, strategy, offerSeconds, liveSeconds });
        }

        foreach (var municipality in serves)
        {
            await world.ExecuteAsync(
                "INSERT INTO line_area (line_code, municipality_code) VALUES (@code, @municipality)",
                new { code, municipality = await Municipality(municipality) });
        }

        var actors = new List<Actor>();
        for (var i = 0; i < members; i++)
        {
            actors.Add(await Specialist(code));
        }

        return new GivenLine(code, actors);
    }

    /// <summary>A specialist of the line's organisation, on that line.</summary>
    public async Task<Actor> Specialist(string line, int tier = 1, string? name = null)
    {
        if (await Missing("line", line))
        {
            await Line(line);
        }

        var actor = await Person(line[..line.IndexOf('-')], null, name, specialist: true);
        await Member(line, actor, tier);
        return actor;
    }

    /// <summary>Puts somebody on one more line.</summary>
    public Task Member(string line, Actor actor, int tier = 1) => world.ExecuteAsync(
        "INSERT INTO line_member (line_code, professional_id, tier) VALUES (@line, @Id, @tier)", new { line, actor.Id, tier });

    /// <summary>The line asks in these steps, such as <c>top_down 10</c>, <c>ring_all</c> or <c>longest_idle 20 anyone</c> (no skills).</summary>
    public async Task Tiers(string line, params string[] tiers)
    {
        foreach (var (tier, n) in tiers.Select((t, i) => (t.Split(' '), i + 1)))
        {
            var needs = tier[^1] == "anyone" ? 0 : 1;
            await world.ExecuteAsync(
                "INSERT INTO line_tier (line_code, tier, strategy, seconds, needs_language, needs_topic) VALUES (@line, @n, @strategy, @seconds, @needs, @needs)",
                new { line, n, strategy = tier[0], seconds = tier.Length > 1 && int.TryParse(tier[1], out var seconds) ? seconds : (int?)null, needs });
        }
    }

    /// <summary>Sets what a line manager sets: <c>capacity</c>, <c>hours</c>, <c>overflow_line</c>, <c>callback_hours</c>.</summary>
    public Task Set(string line, string column, object? value) =>
        world.ExecuteAsync($"UPDATE line SET {column} = @value WHERE code = @line", new { line, value });

    /// <summary>The place and weight of a member.</summary>
    public Task Place(string line, Actor actor, int position, int weight = 1) => world.ExecuteAsync(
        "UPDATE line_member SET position = @position, weight = @weight WHERE line_code = @line AND professional_id = @Id", new { line, actor.Id, position, weight });

    public Task Speaks(Actor actor, string language) => Skill(actor, "language", language);

    public Task Skill(Actor actor, string kind, string code) => world.ExecuteAsync(
        "INSERT INTO professional_skill (professional_id, kind, code) VALUES (@Id, @kind, @code)", new { actor.Id, kind, code });

    public Task<Actor> FrontOffice(string organisation, string? team = null, string? name = null) =>
        Person(organisation, team, name, frontOffice: true);

    /// <summary>Supervises the team (the organisation's own when none is named) and is its duty supervisor.</summary>
    public async Task<Actor> Supervisor(string organisation, string? team = null, bool onDuty = true, string? name = null)
    {
        var actor = await Person(organisation, team, name, supervisor: true, duty: onDuty);
        await world.ExecuteAsync(
            "INSERT INTO team_supervisor (team_code, professional_id) VALUES (@TeamCode, @Id)", new { actor.TeamCode, actor.Id });
        return actor;
    }

    public async Task<Actor> Person(
        string organisation, string? team = null, string? name = null, bool frontOffice = false, bool specialist = false, bool supervisor = false, bool duty = false)
    {
        await Organisation(organisation);
        var id = ++people;
        await world.ExecuteAsync(
            """
            INSERT INTO professional (id, organisation_code, team_code, name, front_office, specialist, supervisor, duty_supervisor)
            VALUES (@id, @organisation, @team, @name, @frontOffice, @specialist, @supervisor, @duty)
            """,
            new
            {
                id, organisation, team = await Team(team ?? $"{organisation}-team"), name = name ?? string.Create(CultureInfo.InvariantCulture, $"Persoon {id}"),
                frontOffice = frontOffice ? 1 : 0, specialist = specialist ? 1 : 0, supervisor = supervisor ? 1 : 0, duty = duty ? 1 : 0,
            });
        return await world.ActorAsync(id);
    }

    /// <summary>An open case that <paramref name="owner"/>, of a front office, opened; gives its id.</summary>
    public async Task<long> Case(
        Actor owner, string topic = "debts", string? municipality = "gm0518", string question = "Ik kan de huur niet betalen.", string? name = null, string? bsn = null)
    {
        await Topic(topic);
        if (municipality is not null)
        {
            await Municipality(municipality);
        }

        var form = new OpenCaseForm(question, "person", topic, municipality, Name: name, Bsn: bsn);
        return Id((await world.The<OpenCase>().RunAsync(owner, form, null)).Value.CaseId);
    }

    /// <summary>These people say that they are available, in this order.</summary>
    public async Task Available(params IEnumerable<Actor> people)
    {
        foreach (var person in people)
        {
            var answer = await world.The<SetPresence>().RunAsync(person, "available", null);
            Assert.Null(answer.Refusal);
        }
    }

    /// <summary>A handoff that rings (or found nobody); gives its id.</summary>
    public async Task<long> Handoff(
        Actor sender, long caseId, string mode = "warm", string citizenAt = "desk", string question = "Kan de betalingsregeling opnieuw?", string? firstLine = null,
        string? language = null) =>
        Id((await world.The<RequestHandoff>().RunAsync(sender, caseId, new RequestHandoffForm(mode, citizenAt, question, FirstLine: firstLine, Language: language), null)).Value.HandoffId);

    /// <summary>A handoff that <paramref name="specialist"/> was offered and accepted; gives its id.</summary>
    public async Task<long> AcceptedHandoff(Actor sender, long caseId, Actor specialist, string mode = "warm")
    {
        await Available(specialist);
        var handoff = await Handoff(sender, caseId, mode);
        var offer = await world.PendingOfferAsync(specialist) ?? throw new InvalidOperationException("This specialist was not offered it");
        Assert.Null((await world.The<AnswerOffer>().AcceptAsync(specialist, offer, null)).Refusal);
        return handoff;
    }

    internal static long Id(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    // Table names are this class's own.
    private async Task<bool> Missing(string table, string code) =>
        await world.ScalarAsync<long>($"SELECT COUNT(*) FROM {table} WHERE code = @code", new { code }) == 0;
}

/// <summary>What a test looks at most often, as short questions.</summary>
public static class WorldQuestions
{
    /// <summary>The offer that rings at this person now.</summary>
    public static async Task<long?> PendingOfferAsync(this World world, Actor person) =>
        (await world.QueryAsync<long>("SELECT id FROM offer WHERE professional_id = @Id AND state = 'pending'", new { person.Id })).Select(id => (long?)id).SingleOrDefault();

    public static async Task<HandoffState> HandoffStateAsync(this World world, long handoffId) =>
        Code.Parse<HandoffState>(await world.ScalarAsync<string>("SELECT state FROM handoff WHERE id = @handoffId", new { handoffId }));

    /// <summary>The code of the presence; offline for who never came.</summary>
    public static async Task<string> PresenceAsync(this World world, Actor person) =>
        (await world.QueryAsync<string>("SELECT state FROM presence WHERE professional_id = @Id", new { person.Id })).SingleOrDefault() ?? "offline";

    /// <summary>The kinds of the entries of a case, in order.</summary>
    public static Task<List<string>> TimelineAsync(this World world, long caseId) =>
        world.QueryAsync<string>("SELECT kind FROM journal WHERE case_id = @caseId ORDER BY n", new { caseId });

    /// <summary>The running dates of what was asked or promised: without the first date that a case opens with.</summary>
    public static Task<long> RunningDeadlinesAsync(this World world, long caseId) =>
        world.ScalarAsync<long>("SELECT COUNT(*) FROM deadline WHERE case_id = @caseId AND state = 'running' AND subject_kind <> 'case'", new { caseId });
}
