using System.Text.RegularExpressions;
using Loket.Domain;
using Loket.Domain.Lines;
using Loket.Domain.Parties;
using Loket.Domain.Terms;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Lines;

/// <summary>One step in which a line asks; see <see cref="Tier"/>.</summary>
public sealed record TierSettings(string Strategy, int? Seconds, bool NeedsLanguage, bool NeedsTopic);

/// <summary>
/// What a line manager decides about a line. Without <paramref name="Tiers"/> the strategy goes over the tiers of the
/// members. <paramref name="Hours"/> as <see cref="OpeningHours"/> writes them; null: whenever somebody is there.
/// <paramref name="Area"/> are the municipalities it serves beside its own.
/// </summary>
public sealed record LineSettings(
    string NameNl, string NameEn, string? Phone, string Strategy, IReadOnlyList<TierSettings> Tiers, int OfferSeconds, int LiveSeconds, int WrapUpSeconds,
    int Capacity, int CallbackHours, int CallbackAttempts, string? Hours, string? Overflow, IReadOnlyList<string> Area);

/// <summary>A place on the line, and what the person can: languages (ISO 639-1) and topic codes count on all their lines.</summary>
public sealed record LineMember(long ProfessionalId, int Tier, int Place, int Weight, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics);

/// <summary>The whole line as a manager saves it; <paramref name="Version"/> is what they saw.</summary>
public sealed record SaveLineForm(int Version, LineSettings Settings, IReadOnlyList<LineMember> Members);

/// <summary>What is wrong with a line by itself, per field; what needs the database is asked where it is saved.</summary>
public static partial class LineChecks
{
    public static IEnumerable<FieldError> Of(LineSettings s)
    {
        foreach (var (field, name) in new[] { ("nameNl", s.NameNl), ("nameEn", s.NameEn) })
        {
            if (string.IsNullOrWhiteSpace(name))
            {
                yield return new(field, new Refusal("line-name-missing"));
            }
            else if (FreeText.Check(120, name) is { } no)
            {
                yield return new(field, no);
            }
        }

        if (s.Phone is not null && (s.Phone.Length > 40 || !Phone().IsMatch(s.Phone)))
        {
            yield return new("phone", new Refusal("line-phone"));
        }

        foreach (var (field, value, least, most) in new[]
        {
            ("offerSeconds", s.OfferSeconds, 10, 120), ("liveSeconds", s.LiveSeconds, 30, 900), ("wrapUpSeconds", s.WrapUpSeconds, 0, 600),
            ("capacity", s.Capacity, 1, LinePlan.MostCapacity), ("callbackHours", s.CallbackHours, 1, 40), ("callbackAttempts", s.CallbackAttempts, 1, 10),
        })
        {
            if (value < least || value > most)
            {
                yield return new(field, new Refusal("line-number", $"{least}", $"{most}"));
            }
        }

        if (s.LiveSeconds < s.OfferSeconds)
        {
            yield return new("liveSeconds", new Refusal("line-live-short"));
        }

        if (!Code.TryParse<RingStrategy>(s.Strategy, out _))
        {
            yield return new("strategy", new Refusal("line-strategy"));
        }

        if (s.Tiers.FirstOrDefault(t => !Code.TryParse<RingStrategy>(t.Strategy, out _)) is not null)
        {
            yield return new("tiers", new Refusal("line-strategy"));
        }
        else if (s.Tiers.Count > 0 && new LinePlan([.. s.Tiers.Select(Domain)], Math.Clamp(s.Capacity, 1, LinePlan.MostCapacity)).Check() is { } plan)
        {
            yield return new("tiers", plan);
        }

        if (s.Hours is not null && OpeningHours.Parse(s.Hours).Refusal is { } hours)
        {
            yield return new("hours", hours);
        }
    }

    public static IEnumerable<FieldError> Of(IReadOnlyList<LineMember> members)
    {
        foreach (var member in members)
        {
            if (member.Tier is < 1 or > LinePlan.MostTiers || member.Place is < 0 or > 999 || member.Weight is < 1 or > 9)
            {
                yield return new($"member-{member.ProfessionalId}", new Refusal("line-member-place"));
            }

            if (member.Languages.FirstOrDefault(l => !Languages.All.Contains(l)) is { } language)
            {
                yield return new($"member-{member.ProfessionalId}", new Refusal("line-member-language", language));
            }
        }

        if (members.GroupBy(m => m.ProfessionalId).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            yield return new($"member-{twice.Key}", new Refusal("line-member-twice"));
        }
    }

    private static Tier Domain(TierSettings tier, int n) => new(n + 1, Code.Parse<RingStrategy>(tier.Strategy), tier.Seconds, tier.NeedsLanguage, tier.NeedsTopic);

    [GeneratedRegex(@"^\+?[0-9]+( [0-9]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex Phone();
}
