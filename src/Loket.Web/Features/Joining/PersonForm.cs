using System.Globalization;
using Loket.Domain;
using Loket.Domain.Joining;
using Loket.Domain.Parties;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Joining;

/// <summary>
/// A colleague as the administrator saves them; <paramref name="Version"/> is what they saw. <paramref name="Subject"/>
/// is how the provider names the person; <paramref name="Leads"/> are the teams they supervise.
/// </summary>
public sealed record PersonForm(
    int Version, string Name, string? Subject, string Team, IReadOnlyList<string> Roles, IReadOnlyList<string> Leads, IReadOnlyList<string> Languages, IReadOnlyList<string> Topics)
{
    public const int LongestName = 120;
    public const int LongestSubject = 255;

    /// <summary>What is wrong with it by itself; what needs the database is asked where it is saved.</summary>
    public IEnumerable<FieldError> Errors()
    {
        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return new("name", new Refusal("person-name-missing"));
        }
        else if (FreeText.Check(LongestName, Name) is { } no)
        {
            yield return new("name", no);
        }

        if (Subject is not null && (Subject.Trim().Length == 0 || Subject.Length > LongestSubject || Subject.Any(c => c is < ' ' or > '~')))
        {
            yield return new("subject", new Refusal("person-subject", LongestSubject.ToString(CultureInfo.InvariantCulture)));
        }
        else if (Subject is not null && FreeText.Check(LongestSubject, Subject) is { } number)
        {
            yield return new("subject", number);
        }

        if (Roles.Count == 0)
        {
            yield return new("roles", new Refusal("role-missing"));
        }

        if (Roles.FirstOrDefault(role => !PersonRoles.All.Contains(role)) is { } unknown)
        {
            yield return new("roles", new Refusal("role-unknown", unknown));
        }

        if (PersonRoles.CheckTogether(Roles) is { } together)
        {
            yield return new("roles", together);
        }

        if (Languages.FirstOrDefault(l => !Domain.Lines.Languages.All.Contains(l)) is { } language)
        {
            yield return new("languages", new Refusal("line-member-language", language));
        }
    }
}
