using System.Globalization;
using Loket.Domain;
using Loket.Domain.Terms;
using Loket.Web.Features.Desk;
using Loket.Web.Features.Journeys;
using Microsoft.Extensions.Localization;

namespace Loket.Web.Features.Shared;

/// <summary>
/// Turns codes, refusals and moments into words for the page. One a request; register it scoped.
/// Every text comes from <c>Texts/</c>.
/// </summary>
public sealed class Say(IStringLocalizer<Texts> texts, TimeProvider clock, Lazy<LifeEvents> lifeEvents)
{
    public Dates Dates { get; } = new(clock.GetUtcNow().UtcDateTime, CultureInfo.CurrentUICulture);

    public bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public string Language => IsEnglish ? "en" : "nl";

    /// <summary>The text of a key with its arguments. Codes in arguments (<c>topic:debts</c>) become words.</summary>
    public string Text(string key, params object[] args) =>
        args.Length == 0 ? texts[key].Value : texts[key, Array.ConvertAll(args, Word)].Value;

    /// <summary>The text of a key, or null when there is none.</summary>
    public string? Known(string key) => texts[key] is { ResourceNotFound: false } text ? text.Value : null;

    /// <summary>The word for a code: <c>Code("topic", "debts")</c>; the code itself when no text exists.</summary>
    public string Code(string group, string? code)
    {
        if (string.IsNullOrEmpty(code))
        {
            return "";
        }

        var text = texts[$"{group}.{code.Replace('_', '-')}"];
        return text.ResourceNotFound ? code : text.Value;
    }

    /// <summary>How long a term is: "8 weken", "3 werkdagen".</summary>
    public string Amount(Term term) => Plural($"terms.unit.{Domain.Code.Of(term.Unit).Replace('_', '-')}", term.Amount);

    public string Topic(string? code) => Code("topic", code);

    /// <summary>What a case is called: its own title, else its topic in the language of the page.</summary>
    public string Title(string? own, string? topic) => !string.IsNullOrWhiteSpace(own) ? own : string.IsNullOrEmpty(topic) ? Text("case.untitled") : Topic(topic);

    /// <summary>What a step is called: as a template names it, in the language of the page, else as it was typed. Stored in Dutch.</summary>
    public string Step(string title) => title == Steps.AddSteps.AfterTalk ? Text("step.after-talk") : IsEnglish ? lifeEvents.Value.InEnglish(title) : title;

    public string Refusal(Refusal refusal)
    {
        var text = texts[$"refusal.{refusal.Code.Replace('_', '-')}", Array.ConvertAll<string, object>(refusal.Args, Word)];
        return text.ResourceNotFound ? texts["refusal.unknown", refusal.Code].Value : text.Value;
    }

    /// <summary>"Vraag: " before an error in a summary; empty when the field has no name there.</summary>
    public string FieldName(string field)
    {
        var name = texts[$"field.{field}"];
        return name.ResourceNotFound ? "" : $"{name.Value}: ";
    }

    /// <summary>The text of a journal entry, or null when its kind has none.</summary>
    public string? Timeline(string kind, IReadOnlyList<string> args)
    {
        var known = texts[$"timeline.{kind.Replace('_', '-')}"];
        if (known.ResourceNotFound)
        {
            return null;
        }

        // A text may name more arguments than an older entry has.
        var words = Enumerable.Range(0, 6).Select(i => i < args.Count ? Word(args[i]) : "").ToArray();
        return string.Format(CultureInfo.CurrentUICulture, known.Value, words);
    }

    /// <summary>The plain reason of a date with its article: "Drie werkdagen (Wgs art. 4 lid 2)."</summary>
    public static string Because(DueNotice due) => due.Article is null ? due.Reason : $"{due.Reason.TrimEnd('.', ' ')} ({due.Article}).";

    /// <summary>A word inside a sentence: "geen ruimte".</summary>
    public static string Inside(string word) => word.Length < 2 || char.IsUpper(word[1]) ? word : $"{char.ToLowerInvariant(word[0])}{word[1..]}";

    public string LineName(string organisation, string topic, string? name) => $"{organisation}, {name ?? Topic(topic)}";

    public string Plural(string key, int count) => Text(count == 1 ? $"{key}.one" : $"{key}.many", count);

    /// <summary>3 gegevens, ook het BSN: what goes to a line, the BSN counted too.</summary>
    public string Going(int facts, bool bsn) =>
        (facts == 0 ? Text("preview.facts.none") : Plural("preview.facts", facts)) + (bsn ? Text("preview.facts.bsn") : "");

    /// <summary>
    /// Why somebody was asked: "Langst vrij van 3 collega’s die Pools spreken op deze lijn." To that person with
    /// <paramref name="group"/> <c>why</c>, to others with <c>why-them</c>.
    /// </summary>
    public string Why(string group, string strategy, int count, string? language, string? topic)
    {
        if (count == 1 && group == "why-them")
        {
            return Text("why-them.only");
        }

        var speaks = language is null ? null : Text(count == 1 ? "why-skill.speaks" : "why-skill.speak", $"language:{language}");
        var knows = topic is null ? null : Text(count == 1 ? "why-skill.knows" : "why-skill.know", $"topic:{topic}");
        var skill = speaks is not null && knows is not null ? Text("why-skill.both", speaks, knows) : speaks ?? knows;
        var colleagues = Plural("offer.colleagues", count);
        return Text($"{group}.{strategy.Replace('_', '-')}", skill is null ? colleagues : $"{colleagues} {Text("why-skill.who")} {skill}");
    }

    /// <summary>9 min, 2 uur, 3 dagen: how long ago.</summary>
    public string Ago(DateTime utc) => Dates.NowUtc - utc < TimeSpan.FromMinutes(1) ? Text("span.just-now") : Span(Dates.NowUtc - utc);

    public string Span(TimeSpan span) => span.TotalMinutes < 1 ? Plural("span.second", Math.Max(0, (int)span.TotalSeconds))
        : span.TotalHours < 1 ? Plural("span.minute", (int)span.TotalMinutes)
        : span.TotalHours < 24 ? Plural("span.hour", (int)span.TotalHours)
        : Plural("span.day", (int)span.TotalDays);

    /// <summary>± 15 sec, ± 4 min.</summary>
    public string Wait(int seconds) => seconds < 90 ? Text("span.about-seconds", seconds) : Text("span.about-minutes", (seconds + 30) / 60);

    /// <summary>vandaag, morgen, do 26 nov.</summary>
    public string Day(DateOnly day) => Dates.DaysUntil(day) switch
    {
        0 => Text("day.today"),
        1 => Text("day.tomorrow"),
        _ => Dates.Short(day),
    };

    /// <summary>vandaag 17:00; do 26 nov when only the day was promised.</summary>
    public string Moment(DateTime utc, bool hasTime = true) =>
        hasTime ? $"{Day(Dates.DayOf(utc))} {Dates.Time(utc)}" : Day(Dates.DayOf(utc));

    /// <summary>14:31, with the day before it when it is not today.</summary>
    public string At(DateTime utc) => Dates.DayOf(utc) == Dates.Today ? Dates.Time(utc) : $"{Dates.Short(Dates.DayOf(utc))} {Dates.Time(utc)}";

    /// <summary>5 dagen te laat, 31 min te laat, vandaag, morgen, over 3 dagen.</summary>
    public string Distance(DateTime utc, bool hasTime)
    {
        var days = Dates.DaysUntil(Dates.DayOf(utc));
        if (Dates.IsLate(utc, hasTime))
        {
            return Text("due.late", days < 0 ? Plural("span.day", -days) : Span(Dates.NowUtc - utc));
        }

        return days switch { 0 => Text("day.today"), 1 => Text("day.tomorrow"), _ => Text("due.in", Plural("span.day", days)) };
    }

    /// <summary><c>late</c>, <c>soon</c> (today or the next two days) or empty: the tone of a date.</summary>
    public string Tone(DateTime utc, bool hasTime) => Dates.IsLate(utc, hasTime) ? "late"
        : Dates.DaysUntil(Dates.DayOf(utc)) <= 2 ? "soon" : "";

    public static string Initials(string name)
    {
        var parts = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(p => char.IsUpper(p[0])).ToArray();
        return parts.Length == 0 ? "" : parts.Length == 1 ? parts[0][..1] : $"{parts[0][0]}{parts[^1][0]}";
    }

    /// <summary>The shape that goes with a presence code (icons.svg).</summary>
    public static string Glyph(string presence) => presence switch
    {
        "available" => "p-free",
        "engaged" => "p-busy",
        "reserved" => "p-asked",
        "wrap_up" => "p-wrap",
        "break" => "p-break",
        "missed" => "p-missed",
        _ => "p-away",
    };

    private object Word(object arg)
    {
        if (arg is string s && s.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && s.IndexOf(' ', StringComparison.Ordinal) < 0)
        {
            var word = Code(s[..colon], s[(colon + 1)..]);
            return string.Equals(word, s[(colon + 1)..], StringComparison.Ordinal) ? s
                : s.StartsWith("reason:", StringComparison.Ordinal) || s.StartsWith("outcome:", StringComparison.Ordinal) ? Inside(word) : word;
        }

        return arg is string title ? Step(title) : arg;
    }
}
