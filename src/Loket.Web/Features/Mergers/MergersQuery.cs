using Loket.Web.Data;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Mergers;

/// <summary>Mergers and splits for the national administrator: counts and codes, nothing of a case.</summary>
public sealed class MergersQuery(Db db, Say say)
{
    public Task<MergersView> ListAsync() => db.ReadAsync(async r => new MergersView
    {
        Mergers = await r.QueryAsync<MergerRow>(
            $"""
            SELECT g.id, g.name, g.day, g.state, g.held_at, (SELECT COUNT(*) FROM merger_body b WHERE b.merger_id = g.id) AS bodies
            FROM merger g ORDER BY g.day DESC, g.id DESC {r.Dialect.First(200)}
            """),
    });

    /// <summary>One merger or split with what it would do; a new one when <paramref name="id"/> is null; null when there is none.</summary>
    public Task<MergerView?> LoadAsync(long? id, FormState form, bool saved = false) => db.ReadAsync(async r =>
    {
        var merger = id is null ? null : await r.FindAsync<StoredMerger>($"SELECT {StoredMerger.Columns} FROM merger g WHERE g.id = @id", new { id });
        if (id is not null && merger is null)
        {
            return null;
        }

        var plan = id is null ? new MergerPlan([], [], [], []) : await MergerPlan.LoadAsync(r, id.Value);
        var successors = plan.Bodies.Select(b => new Option(b.SuccessorCode, b.SuccessorName)).DistinctBy(s => s.Value).ToList();
        return new MergerView
        {
            Merger = merger,
            ConfirmedBy = id is null ? null : await r.FindAsync<string>("SELECT p.name FROM merger g JOIN professional p ON p.id = g.confirmed_by WHERE g.id = @id", new { id }),
            Plan = plan,
            Successors = successors,
            Lines = (await r.QueryAsync<LineRow>(
                "SELECT l.code, l.organisation_code, l.topic_code FROM line l WHERE l.organisation_code IN @codes AND l.successor_code IS NULL ORDER BY l.code",
                new { codes = successors.Select(s => s.Value).DefaultIfEmpty("").ToList() })).ConvertAll(l => new Option(l.Code, say.Topic(l.TopicCode), null, l.OrganisationCode)),
            Organisations = merger is null or { State: "draft" }
                ? (await r.QueryAsync<Body>("SELECT code, display_name AS name FROM organisation WHERE valid_until IS NULL ORDER BY sort_name, code")).ConvertAll(o => new Option(o.Code, o.Name))
                : [],
            Form = form,
            Saved = saved,
        };
    });

    private sealed class LineRow
    {
        public string Code { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public string TopicCode { get; init; } = "";
    }

    private sealed class Body
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
