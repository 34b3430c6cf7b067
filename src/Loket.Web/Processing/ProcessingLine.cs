using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Loket.Web.Processing;

/// <summary>
/// One processing of one data subject's data, as the standard Logboek Dataverwerkingen writes it: these fields and no
/// other. Who did it is not in it; that is in the access log and the journal.
/// </summary>
/// <param name="TraceId">W3C trace id, 32 hexadecimal digits.</param>
/// <param name="SpanId">W3C span id, 16; the same processing has the same span wherever it is exported again.</param>
/// <param name="Name">What was done: <c>read desk</c>, <c>fact_added</c>.</param>
/// <param name="Start">UTC.</param>
/// <param name="End">UTC.</param>
/// <param name="Activity">The activity in the register of processing activities, a URI.</param>
/// <param name="Subject">Whom it is about, encrypted.</param>
/// <param name="SubjectType">What kind of id that is.</param>
public sealed record ProcessingLine(string TraceId, string SpanId, string Name, DateTime Start, DateTime End, string Activity, string Subject, string SubjectType)
{
    public string Json => new JsonObject
    {
        ["trace_id"] = TraceId,
        ["span_id"] = SpanId,
        ["status"] = "OK",
        ["name"] = Name,
        ["start_time"] = Moment(Start),
        ["end_time"] = Moment(End),
        ["attributes"] = new JsonObject
        {
            ["dpl.core.processing_activity_id"] = Activity,
            ["dpl.core.data_subject_id"] = Subject,
            ["dpl.core.data_subject_id_type"] = SubjectType,
        },
    }.ToJsonString(Plain);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static string Moment(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
