namespace Loket.Domain.Journeys;

/// <summary>On which day somebody reaches an age.</summary>
public static class Birthday
{
    /// <summary>
    /// The day on which <paramref name="age"/> whole years, and <paramref name="months"/> more, have passed. Who was born on 29 February reaches an age in a
    /// common year on 1 March: on 28 February the last year is not over yet. No article says this in so many words (BW
    /// 1:233 speaks of who "has not reached the age of eighteen years"); the reading is ours.
    /// </summary>
    public static DateOnly Reaching(int age, DateOnly born, int months = 0)
    {
        var day = born.AddMonths((age * 12) + months);
        return day.Day < born.Day ? day.AddDays(1) : day;
    }
}
