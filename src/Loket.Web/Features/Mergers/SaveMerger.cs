using System.Globalization;
using Loket.Domain;
using Loket.Domain.Mergers;
using Loket.Domain.Parties;
using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Security;

namespace Loket.Web.Features.Mergers;

/// <summary>A line or team, and who goes on with it; null: as proposed.</summary>
public sealed record MergerChoice(string Code, string? Successor);

/// <summary>A merger or split as it is written. <paramref name="Day"/> is the first day on which it holds; <paramref name="Version"/> is null for a new one.</summary>
public sealed record MergerForm(
    string? Name, DateOnly? Day, IReadOnlyList<EndingBody>? Bodies, IReadOnlyList<MergerChoice>? Lines = null, IReadOnlyList<MergerChoice>? Teams = null, int? Version = null);

public sealed record MergerSaved(string MergerId);

/// <summary>Writes a merger or split down as a draft; nothing changes for anybody yet.</summary>
public sealed class SaveMerger(Db db)
{
    public const int LongestName = 120;

    public Task<Outcome<MergerSaved>> RunAsync(Actor actor, long? id, MergerForm form, string? key) =>
        db.WriteAsync<MergerSaved>(Command.Of(actor.Id, "merger-save", key, new { id, form }), unit =>
        {
            var bodies = form.Bodies ?? [];
            var refusal = CheckName(form.Name) ?? MergerRules.CheckDay(form.Day, AmsterdamTime.DateOf(unit.Now)) ?? MergerRules.CheckBodies(bodies) ?? CheckAlive(unit, bodies);
            if (refusal is { } no)
            {
                return no;
            }

            var merger = Store(unit, actor, id, form);
            Bodies(unit, merger, bodies);
            Lines(unit, merger, form.Lines ?? []);
            Teams(unit, merger, bodies, form.Teams ?? []);
            return new MergerSaved(merger.ToString(CultureInfo.InvariantCulture));
        });

    private static Refusal? CheckName(string? name) =>
        string.IsNullOrWhiteSpace(name) ? new Refusal("merger-name-missing") : FreeText.Check(LongestName, name);

    private static Refusal? CheckAlive(Unit unit, IReadOnlyList<EndingBody> bodies)
    {
        var codes = bodies.SelectMany(b => new[] { b.Organisation, b.Successor }).Distinct().ToList();
        var alive = unit.Query<string>("SELECT code FROM organisation WHERE code IN @codes AND valid_until IS NULL", new { codes });
        return codes.Except(alive).FirstOrDefault() is { } unknown ? new Refusal("merger-body-unknown", unknown) : null;
    }

    private static long Store(Unit unit, Actor actor, long? id, MergerForm form)
    {
        var args = new { id = id ?? unit.NewId(), name = form.Name!.Trim(), day = form.Day!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), by = actor.Id, unit.Now, form.Version };
        if (id is null)
        {
            unit.Execute("INSERT INTO merger (id, name, day, state, made_by, made_at, version) VALUES (@id, @name, @day, 'draft', @by, @Now, 1)", args);
            return args.id;
        }

        _ = StoredMerger.Get(unit, args.id).Next(MergerAction.Edit);
        if (unit.Execute("UPDATE merger SET name = @name, day = @day, version = version + 1 WHERE id = @id AND version = @Version", args) == 0)
        {
            throw new RefusedException(new Refusal("stale"));
        }

        unit.Execute("DELETE FROM merger_body WHERE merger_id = @id", args);
        unit.Execute("DELETE FROM merger_line WHERE merger_id = @id", args);
        unit.Execute("DELETE FROM merger_team WHERE merger_id = @id", args);
        return args.id;
    }

    private static void Bodies(Unit unit, long id, IEnumerable<EndingBody> bodies)
    {
        foreach (var body in bodies)
        {
            unit.Execute("INSERT INTO merger_body (merger_id, organisation_code, successor_code, stays) VALUES (@id, @Organisation, @Successor, @stays)", new { id, body.Organisation, body.Successor, stays = body.Stays ? 1 : 0 });
        }
    }

    // Only lines of bodies that end, and only to a line that goes on: of a body that does not end with this.
    private static void Lines(Unit unit, long id, IEnumerable<MergerChoice> lines)
    {
        foreach (var line in lines.Where(l => !string.IsNullOrEmpty(l.Successor)))
        {
            Insist(line.Code, unit.Execute(
                """
                INSERT INTO merger_line (merger_id, line_code, successor_code)
                SELECT @id, l.code, n.code FROM line l JOIN merger_body b ON b.organisation_code = l.organisation_code AND b.merger_id = @id
                JOIN line n ON n.code = @Successor AND n.successor_code IS NULL JOIN organisation o ON o.code = n.organisation_code AND o.valid_until IS NULL
                WHERE l.code = @Code AND NOT EXISTS (SELECT 1 FROM merger_body e WHERE e.merger_id = @id AND e.organisation_code = n.organisation_code)
                """,
                new { id, line.Code, line.Successor }));
        }
    }

    // A team goes to one of the successors that are named.
    private static void Teams(Unit unit, long id, IReadOnlyList<EndingBody> bodies, IEnumerable<MergerChoice> teams)
    {
        foreach (var team in teams.Where(t => !string.IsNullOrEmpty(t.Successor)))
        {
            Insist(team.Code, !bodies.Any(b => b.Successor == team.Successor) ? 0 : unit.Execute(
                """
                INSERT INTO merger_team (merger_id, team_code, successor_code)
                SELECT @id, t.code, @Successor FROM team t JOIN merger_body b ON b.organisation_code = t.organisation_code AND b.merger_id = @id WHERE t.code = @Code
                """,
                new { id, team.Code, team.Successor }));
        }
    }

    private static void Insist(string code, int added)
    {
        if (added == 0)
        {
            throw new RefusedException(new Refusal("merger-successor-wrong", code));
        }
    }
}
