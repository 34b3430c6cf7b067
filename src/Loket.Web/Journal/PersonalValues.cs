using System.Security.Cryptography;
using Loket.Domain;
using Loket.Web.Data;

namespace Loket.Web.Journal;

/// <summary>
/// Values about a person, kept apart from the journal with one controller organisation each. Destruction removes value
/// and salt; the digest in the journal stays and the chain still verifies.
/// </summary>
public static class PersonalValues
{
    public const int Longest = 4000;

    public static long Add(Unit unit, long caseId, string organisation, string value)
    {
        if (value.Length > Longest)
        {
            throw new RefusedException(new Refusal("text-too-long", Longest.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        var id = unit.NewId();
        unit.Execute(
            "INSERT INTO personal_value (id, case_id, organisation_code, value, salt) VALUES (@id, @caseId, @organisation, @value, @salt)",
            new { id, caseId, organisation, value, salt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) });
        return id;
    }

    /// <summary>The place of a value that is not there: for what no longer says anything.</summary>
    public static long Nothing(Unit unit, long caseId, string organisation)
    {
        var id = unit.NewId();
        unit.Execute(
            "INSERT INTO personal_value (id, case_id, organisation_code, destroyed_at) VALUES (@id, @caseId, @organisation, @Now)",
            new { id, caseId, organisation, unit.Now });
        return id;
    }

    internal static string DigestOf(Unit unit, long id)
    {
        var row = unit.Find<Row>("SELECT value, salt FROM personal_value WHERE id = @id", new { id })
            ?? throw new InvalidOperationException("A journal entry names a personal value that is not there.");
        return JournalChain.Digest(row.Salt, row.Value);
    }

    private sealed class Row
    {
        public string Value { get; init; } = "";

        public string Salt { get; init; } = "";
    }
}
