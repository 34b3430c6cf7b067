using System.Globalization;
using Loket.Web.Data;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Bottlenecks;

/// <summary>Reads the register for supervisors, and for everyone what they raised and what came of it.</summary>
public sealed class BottlenecksQuery(Db db, Say say)
{
    private const int Longest = 100;
    private const int MostCases = 20;

    private const string Columns = """
        SELECT b.id, b.kind, b.line_code, b.topic_code, b.text, b.state, b.answer, b.answered_at, b.signals, b.first_at, b.last_at, w.name AS owner_name
        FROM bottleneck b LEFT JOIN professional w ON w.id = b.owner_id
        """;

    public Task<BottlenecksView> LoadAsync(Actor actor, bool closed) => db.ReadAsync(async r =>
    {
        var mine = await r.QueryAsync<BottleneckRow>(
            $"{Columns} WHERE b.id IN (SELECT s.bottleneck_id FROM bottleneck_signal s WHERE s.raised_by = @Id) ORDER BY b.last_at DESC, b.id DESC {r.Dialect.First(Longest)}",
            new { actor.Id });
        var all = actor.Supervisor ? await RegisterAsync(r, actor, closed) : null;
        await NameAsync(r, [.. mine, .. all ?? []]);
        return new BottlenecksView { Mine = mine, All = all, Closed = closed };
    });

    /// <summary>Null for who may not keep this register.</summary>
    public Task<BottleneckView?> ShowAsync(Actor actor, long id, FormState form) => db.ReadAsync(async r =>
    {
        var row = actor.Supervisor
            ? await r.FindAsync<BottleneckRow>($"{Columns} WHERE b.id = @id AND b.organisation_code = @OrganisationCode", new { id, actor.OrganisationCode })
            : null;
        if (row is null)
        {
            return null;
        }

        var signals = await r.QueryAsync<SignalRow>(
            $"SELECT s.case_id, c.number, s.at FROM bottleneck_signal s JOIN case_file c ON c.id = s.case_id WHERE s.bottleneck_id = @id ORDER BY s.id DESC {r.Dialect.First(MostCases)}",
            new { id });
        var visible = new List<SignalRow>();
        foreach (var signal in signals)
        {
            if (await CaseAccess.FindAsync(r, actor, signal.CaseId) is not null)
            {
                visible.Add(signal);
            }
        }

        var others = (await RegisterAsync(r, actor, closed: false)).Where(o => o.Id != id).ToList();
        await NameAsync(r, [row, .. others]);
        return new BottleneckView
        {
            Row = row, Cases = visible, Unseen = signals.Count - visible.Count, Form = form,
            Others = [.. others.Select(o => new Option(o.Id.ToString(CultureInfo.InvariantCulture), Title(say, o)))],
        };
    });

    /// <summary>What a bottleneck is called: the remark itself, or what went wrong with which line.</summary>
    public static string Title(Say say, BottleneckRow row) => row.Text ?? $"{say.Code("bottleneck.kind", row.Kind)}: {row.LineName ?? say.Topic(row.TopicCode)}";

    // One list a state, each by an index; the states of one view are few.
    private static async Task<List<BottleneckRow>> RegisterAsync(Reader r, Actor actor, bool closed)
    {
        var rows = new List<BottleneckRow>();
        foreach (var state in closed ? new[] { "closed" } : ["new", "in_progress", "answered"])
        {
            rows.AddRange(await r.QueryAsync<BottleneckRow>(
                $"{Columns} WHERE b.organisation_code = @OrganisationCode AND b.state = @state AND b.merged_into IS NULL ORDER BY b.last_at DESC, b.id DESC {r.Dialect.First(Longest)}",
                new { actor.OrganisationCode, state }));
        }

        return rows;
    }

    private async Task NameAsync(Reader r, List<BottleneckRow> rows)
    {
        var names = await LineNames.OfAsync(r, say, [.. rows.Select(b => b.LineCode).Where(code => code.Length > 0).Distinct()]);
        foreach (var row in rows)
        {
            row.LineName = names.GetValueOrDefault(row.LineCode);
        }
    }
}
