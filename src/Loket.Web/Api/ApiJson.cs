using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Loket.Web.Api;

/// <summary>JSON as the interface speaks it: camelCase, moments in UTC with milliseconds, ids as strings (they are above 2^53).</summary>
public static class ApiJson
{
    public static void Apply(JsonSerializerOptions options)
    {
        options.Converters.Add(new IdConverter());
        options.Converters.Add(new MomentConverter());
    }

    private sealed class IdConverter : JsonConverter<long>
    {
        public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? long.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new JsonException("An id is a string of digits.")
            : reader.GetInt64();

        public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private sealed class MomentConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset().UtcDateTime;

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(DateTime.SpecifyKind(value, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
