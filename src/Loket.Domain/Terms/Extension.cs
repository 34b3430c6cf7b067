namespace Loket.Domain.Terms;

/// <summary>
/// A notice to the applicant that the decision comes later: either on a named date (Awb 4:14) or a term later
/// (adjournment, for instance Awb 7:10 lid 3). It counts only when given within the term that ran.
/// </summary>
public sealed record Extension
{
    private Extension(DateOnly noticeOn, DateOnly? laterDate, Term? term, string article) =>
        (NoticeOn, LaterDate, Term, Article) = (noticeOn, laterDate, term, article);

    public DateOnly NoticeOn { get; }

    public DateOnly? LaterDate { get; }

    public Term? Term { get; }

    public string Article { get; }

    public static Extension ToDate(DateOnly noticeOn, DateOnly laterDate, string article = "Awb 4:14") =>
        new(noticeOn, laterDate, null, article);

    public static Extension By(DateOnly noticeOn, Term term, string article) => new(noticeOn, null, term, article);

    /// <summary>
    /// May this notice be given while <paramref name="running"/> holds? Refuses with <c>extension-notice-late</c>
    /// (after the due date) or <c>extension-not-later</c> (the named date is not later).
    /// </summary>
    public Outcome<Extension> Within(DueDate running)
    {
        if (NoticeOn > running.Due)
        {
            return new Refusal("extension-notice-late", Iso(running.Due), Iso(NoticeOn));
        }

        return LaterDate <= running.Due ? new Refusal("extension-not-later", Iso(running.Due)) : this;

        static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }
}
