using System.Globalization;
using Loket.Web.Features.Cases;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Desk;

/// <summary>A fact in words: the name of its kind when it has no own label, a date as people read it.</summary>
public static class FactWords
{
    public static string Label(VisibleFact fact, Say say) => fact.Label.Length > 0 ? fact.Label : say.Code("fact-kind", fact.Kind);

    /// <summary>A kind to choose: of no listed kind also says what that means for sharing.</summary>
    public static string Kind(string kind, Say say) => kind == Facts.OtherKind ? say.Text("facts.kind-other") : say.Code("fact-kind", kind);

    public static string Value(VisibleFact fact, Say say) =>
        fact.Kind == "birth_date" && DateOnly.TryParseExact(fact.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? say.Dates.Birth(day)
            : fact.Value;

    /// <summary>In a list to choose from, which is printed with its page: a secret address is called by its label alone.</summary>
    public static string Choice(VisibleFact fact, Say say) => fact.IsSecret ? Label(fact, say) : $"{Label(fact, say)}: {Value(fact, say)}";
}
