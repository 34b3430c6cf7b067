namespace Loket.Domain.Terms;

/// <summary>A public holiday. <paramref name="Key"/> is stable (<c>holiday.{key}</c> on screen).</summary>
public sealed record Holiday(string Key, string Dutch, string English)
{
    public static readonly Holiday NewYear = new("new-year", "Nieuwjaarsdag", "New Year's Day");
    public static readonly Holiday GoodFriday = new("good-friday", "Goede Vrijdag", "Good Friday");
    public static readonly Holiday EasterMonday = new("easter-monday", "tweede paasdag", "Easter Monday");
    public static readonly Holiday KingsDay = new("kings-day", "Koningsdag", "King's Day");
    public static readonly Holiday LiberationDay = new("liberation-day", "Bevrijdingsdag", "Liberation Day");
    public static readonly Holiday AscensionDay = new("ascension-day", "Hemelvaartsdag", "Ascension Day");
    public static readonly Holiday WhitMonday = new("whit-monday", "tweede pinksterdag", "Whit Monday");
    public static readonly Holiday ChristmasDay = new("christmas-day", "eerste kerstdag", "Christmas Day");
    public static readonly Holiday BoxingDay = new("boxing-day", "tweede kerstdag", "Boxing Day");

    /// <summary>A day equated with a holiday by decree (art. 3 lid 3).</summary>
    public static readonly Holiday Equated = new("equated", "gelijkgestelde dag", "day equated with a holiday");
}
