using System.Text.Json.Serialization;
using Loket.Web.Access;
using Loket.Web.Features.Shared;

namespace Loket.Web.Features.Questions;

/// <summary>GET /questions: what this information point asked, newest first, and the form for a new question. View <c>Questions/Questions.cshtml</c>.</summary>
public sealed class QuestionsView
{
    public string PointName { get; init; } = "";

    public string OrganisationName { get; init; } = "";

    public IReadOnlyList<string> MunicipalTopics { get; init; } = [];

    public IReadOnlyList<string> NationalTopics { get; init; } = [];

    public IReadOnlyList<AskedQuestion> Questions { get; init; } = [];

    /// <summary>Where older questions begin (<c>?before=</c>); null when these are all.</summary>
    public long? Older { get; init; }

    public bool Sent { get; init; }

    /// <summary>Refused form <c>question</c>; fields <c>topic question reach</c>.</summary>
    public FormState Form { get; init; } = FormState.Empty;
}

/// <summary>One question, what came of it and what was promised: nothing else of the case.</summary>
public sealed class AskedQuestion : IAboutCase
{
    public long Id { get; init; }

    [JsonIgnore]
    public long AboutCase { get; init; }

    public DateTime AskedAt { get; init; }

    public string Topic { get; init; } = "";

    /// <summary>The words as they were asked; null when they were destroyed.</summary>
    public string? Question { get; init; }

    /// <summary><c>asking looking call called answered taken promised owner closed gone</c>: who is at it, or how it ended.</summary>
    public string State { get; init; } = "";

    /// <summary>The organisation that is at it or answered; null while it rings.</summary>
    public string? By { get; init; }

    /// <summary>What the specialist wrote at the end.</summary>
    public string? Outcome { get; init; }

    /// <summary>When somebody calls the citizen (UTC); null when nobody does.</summary>
    public DateTime? CallFrom { get; init; }

    public DateTime? CallUntil { get; init; }

    public IReadOnlyList<QuestionPromise> Promises { get; init; } = [];
}

/// <param name="State"><c>open</c>, <c>kept</c> or <c>withdrawn</c>.</param>
public sealed record QuestionPromise(string? Text, DateTime DueAt, string State, string By);
