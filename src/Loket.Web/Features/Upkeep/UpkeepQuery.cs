using Loket.Domain.Terms;
using Loket.Web.Data;
using Loket.Web.Features.Schemes;

namespace Loket.Web.Features.Upkeep;

/// <summary>What of the reference data needs somebody's attention.</summary>
public sealed class UpkeepQuery(Db db, SchemeBook schemes)
{
    private const int MostCorrections = 50;

    public Task<UpkeepView> LoadAsync() => db.ReadAsync(async r =>
    {
        var today = AmsterdamTime.DateOf(db.Now());
        return new UpkeepView
        {
            Unmapped = await r.QueryAsync<UpkeepView.Product>(
                "SELECT p.code, p.name, p.legal_basis FROM product p WHERE p.citizen = 1 AND p.nationwide = 1 AND p.carrier IS NULL ORDER BY p.name"),
            NationalProducts = await r.ScalarAsync<int>("SELECT COUNT(*) FROM product p WHERE p.citizen = 1 AND p.nationwide = 1"),
            Overdue = [.. schemes.All.Where(s => s.ReviewBy < today).OrderBy(s => s.ReviewBy).ThenBy(s => s.Id, StringComparer.Ordinal)],
            NextReview = schemes.All.Count == 0 ? null : schemes.All.Min(s => s.ReviewBy),
            ToCheck = [.. schemes.All.Where(s => s.ToCheck > 0).OrderByDescending(s => s.ToCheck).ThenBy(s => s.Id, StringComparer.Ordinal)],
            Corrections = await r.QueryAsync<UpkeepView.Correction>(
                $"""
                SELECT c.made_at, c.suggested_kind AS kind, c.suggested_code AS code, c.suggested_topic, c.chosen_topic
                FROM suggestion_correction c ORDER BY c.id DESC {r.Dialect.First(MostCorrections)}
                """),
        };
    });
}

/// <summary>The upkeep screen of a supervisor. View <c>Upkeep/Upkeep.cshtml</c>.</summary>
public sealed class UpkeepView
{
    public sealed class Product
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string? LegalBasis { get; init; }
    }

    /// <summary>What was suggested first, and the topic that was chosen instead.</summary>
    public sealed class Correction
    {
        public DateTime MadeAt { get; init; }

        public string Kind { get; init; } = "";

        public string Code { get; init; } = "";

        public string? SuggestedTopic { get; init; }

        public string ChosenTopic { get; init; } = "";
    }

    /// <summary>National products for citizens of which nobody knows who carries them.</summary>
    public IReadOnlyList<Product> Unmapped { get; init; } = [];

    /// <summary>All national products for citizens.</summary>
    public int NationalProducts { get; init; }

    public IReadOnlyList<Scheme> Overdue { get; init; } = [];

    public DateOnly? NextReview { get; init; }

    /// <summary>Schemes with facts that are not verified in current law, most first.</summary>
    public IReadOnlyList<Scheme> ToCheck { get; init; } = [];

    /// <summary>How many facts are to be checked, over all schemes.</summary>
    public int FactsToCheck => ToCheck.Sum(s => s.ToCheck);

    public IReadOnlyList<Correction> Corrections { get; init; } = [];
}
