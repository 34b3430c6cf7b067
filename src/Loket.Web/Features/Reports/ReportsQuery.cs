using System.Globalization;
using Loket.Domain.Reports;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Reports;

/// <summary>
/// The reports of the viewer's own organisation, out of <c>stat_day</c>. Who reads them is written down first: no row, no
/// report.
/// </summary>
public sealed class ReportsQuery(Db db, KeepStatistics keep, Say say)
{
    /// <summary>All reports, or the one of <paramref name="code"/>; null when there is no such report.</summary>
    /// <param name="form">As what it is read: <c>page</c>, <c>csv</c> or <c>json</c>.</param>
    public async Task<ReportsView?> LoadAsync(Actor actor, ReportChoices asked, string form, string? code = null)
    {
        var kinds = ReportKind.All.Where(k => code is null || k.Code == code).ToList();
        if (kinds.Count == 0)
        {
            return null;
        }

        var choices = asked.Cleaned(say.Dates.Today);
        await db.WriteAsync<int>(unit => unit.Execute(
            """
            INSERT INTO report_read (id, professional_id, organisation_code, report, form, choices, at)
            VALUES (@id, @person, @OrganisationCode, @report, @form, @choices, @Now)
            """,
            new { id = unit.NewId(), person = actor.Id, actor.OrganisationCode, report = code ?? "all", form, choices = choices.ToString(), unit.Now }));
        await keep.CatchUpAsync();
        return await db.ReadAsync(async r =>
        {
            var topics = await r.QueryAsync<string>("SELECT code FROM topic ORDER BY position");
            var organisations = (await r.QueryAsync<OrganisationRow>("SELECT code, display_name AS name FROM organisation ORDER BY sort_name")).ToDictionary(o => o.Code, o => o.Name);
            var reports = new List<Report>();
            foreach (var kind in kinds)
            {
                reports.Add(await ReportAsync(r, actor, kind, choices, organisations));
            }

            return new ReportsView
            {
                OrganisationName = actor.OrganisationName, Choices = choices, Reports = reports,
                Topics = topics.ConvertAll(t => new Option(t, say.Topic(t))),
                Organisations = [.. organisations.Where(o => o.Key != actor.OrganisationCode).Select(o => new Option(o.Key, o.Value))],
                Months = [.. Enumerable.Range(0, ReportChoices.Furthest).Select(i => new DateOnly(say.Dates.Today.Year, say.Dates.Today.Month, 1).AddMonths(-i))],
            };
        });
    }

    private async Task<Report> ReportAsync(Reader r, Actor actor, ReportKind kind, ReportChoices choices, Dictionary<string, string> organisations)
    {
        var by = kind.OfPairs ? "organisation" : choices.By!;
        var all = (await SumsAsync(r, actor, kind, choices, by)).ToLookup(s => Key(by, s, actor));
        var other = kind.KnowsOther ? choices.Organisation : null;
        var groups = Keys(by, choices).Union(all.Select(g => g.Key).Order(StringComparer.Ordinal)).Select(key => new Group(
            key,
            [.. all[key].Where(s => (choices.Topic ?? s.Topic) == s.Topic && (other ?? s.Other) == s.Other)],
            Small(kind, choices.Topic, all[key].Where(s => (other ?? s.Other) == s.Other).ToLookup(s => s.Topic))
                || Small(kind, other, all[key].Where(s => (choices.Topic ?? s.Topic) == s.Topic).ToLookup(s => s.Other)))).ToList();
        var hidden = groups.GroupBy(g => Block(by, g.Key)).SelectMany(block =>
        {
            var row = block.ToList();
            return row.Zip(SmallGroups.Hidden(row.ConvertAll(g => kind.Size(g.Sums)))).Where(x => x.Second || x.First.Small).Select(x => x.First.Key);
        }).ToHashSet(StringComparer.Ordinal);
        return new Report
        {
            Code = kind.Code, By = by, Columns = kind.Columns, Plotted = kind.Plotted, PlottedTo = kind.PlottedTo,
            Rows = [.. groups.Where(g => Within(by, g.Key, choices)).Select(g => Row(kind, g.Key, Name(by, g.Key, organisations), g.Sums, hidden.Contains(g.Key)))],
        };
    }

    // What was chosen out of topics or organisations is one of a row of groups too: their sum is what one sees without choosing.
    private static bool Small(ReportKind kind, string? chosen, ILookup<string, StatSum> values)
    {
        var keys = values.Select(v => v.Key).ToList();
        return chosen is not null && keys.Contains(chosen) && SmallGroups.Hidden(keys.ConvertAll(k => kind.Size([.. values[k]])))[keys.IndexOf(chosen)];
    }

    private static ReportRow Row(ReportKind kind, string key, string name, List<StatSum> sums, bool hidden) => new()
    {
        Key = key, Name = name, Hidden = hidden,
        Size = hidden ? null : (int)kind.Size(sums),
        Values = hidden || kind.Size(sums) == 0 ? [.. kind.Columns.Select(_ => (double?)null)] : kind.Figures(sums),
    };

    private static async Task<List<StatSum>> SumsAsync(Reader r, Actor actor, ReportKind kind, ReportChoices choices, string by)
    {
        // Months are hidden by quarter and quarters by year, however much of it is asked for: so whole years are read.
        var ofTime = by is "month" or "quarter";
        var from = ofTime ? new DateOnly(choices.FirstMonth.Year, 1, 1) : choices.FirstMonth;
        var until = ofTime ? new DateOnly(choices.LastMonth.Year + 1, 1, 1) : choices.LastMonth.AddMonths(1);
        return await r.QueryAsync<StatSum>(
            """
            SELECT s.day / 100 AS month, s.topic_code AS topic, s.other_code AS other, s.kind, s.bucket, SUM(s.n) AS n
            FROM stat_day s WHERE s.organisation_code = @OrganisationCode AND s.measure = @Measure AND s.day >= @from AND s.day < @until
            GROUP BY s.day / 100, s.topic_code, s.other_code, s.kind, s.bucket
            """,
            new { actor.OrganisationCode, kind.Measure, from = CaseFold.Number(from), until = CaseFold.Number(until) });
    }

    private static string Key(string by, StatSum sum, Actor actor) => by switch
    {
        "month" => Month(new DateOnly(sum.Month / 100, sum.Month % 100, 1)),
        "quarter" => Quarter(new DateOnly(sum.Month / 100, sum.Month % 100, 1)),
        "topic" => sum.Topic,
        _ => sum.Other.Length > 0 ? sum.Other : actor.OrganisationCode,
    };

    // Every period of the years it touches, also those in which nothing happened.
    private static IEnumerable<string> Keys(string by, ReportChoices choices) => by is "month" or "quarter"
        ? Enumerable.Range(0, 12 * (choices.LastMonth.Year - choices.FirstMonth.Year + 1)).Select(i => new DateOnly(choices.FirstMonth.Year, 1, 1).AddMonths(i))
            .Select(m => by == "month" ? Month(m) : Quarter(m)).Distinct()
        : [];

    // The groups whose sum can be read as one figure elsewhere: the months of a quarter, the quarters of a year, all others together.
    private static string Block(string by, string key) => by switch
    {
        "month" => Quarter(DateOnly.ParseExact(key, "yyyy-MM", CultureInfo.InvariantCulture)),
        "quarter" => key[..4],
        _ => "",
    };

    private static bool Within(string by, string key, ReportChoices choices) => by switch
    {
        "month" => string.CompareOrdinal(key, choices.From) >= 0 && string.CompareOrdinal(key, choices.To) <= 0,
        "quarter" => string.CompareOrdinal(key, Quarter(choices.FirstMonth)) >= 0 && string.CompareOrdinal(key, Quarter(choices.LastMonth)) <= 0,
        _ => true,
    };

    private string Name(string by, string key, Dictionary<string, string> organisations) => by switch
    {
        "month" => say.Dates.Month(DateOnly.ParseExact(key, "yyyy-MM", CultureInfo.InvariantCulture)),
        "quarter" => say.Text("report.quarter", key[6..], key[..4]),
        "topic" => say.Topic(key),
        _ => organisations.GetValueOrDefault(key, key),
    };

    private static string Month(DateOnly day) => ReportChoices.Text(day);

    private static string Quarter(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year}-Q{((day.Month - 1) / 3) + 1}");

    /// <param name="Small">It is hidden already, as one of the topics or organisations that can be chosen.</param>
    private sealed record Group(string Key, List<StatSum> Sums, bool Small);

    private sealed class OrganisationRow
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
