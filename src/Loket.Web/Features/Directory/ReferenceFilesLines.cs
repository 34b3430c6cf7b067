namespace Loket.Web.Features.Directory;

/// <summary>The professional lines, and which kind of line fits which body and topic.</summary>
public static partial class ReferenceFiles
{
    private static List<LineRow> ReadLines(
        string folder, List<ReferenceError> errors, List<OrganisationRow> organisations, List<TopicRow> topics)
    {
        var bodies = ByCode(organisations, o => o.Code);
        var subjects = ByCode(topics, t => t.Code);
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = new List<LineRow>();
        foreach (var row in ReferenceFilesTable.Read(
            folder, LinesFile, ["code", "organisation", "topic", "kind", "name_nl", "name_en", "phone"], errors))
        {
            var line = new LineRow(
                row.Required("code", 60),
                row.Required("organisation", 20),
                row.Required("topic", 40),
                row.OneOf("kind", "municipal", "regional", "general", "national"),
                row.Required("name_nl", 120),
                row.Required("name_en", 120),
                row.Phone("phone"));
            row.Unique("code", line.Code, codes);
            if (!line.Code.StartsWith(line.Organisation + "-", StringComparison.Ordinal))
            {
                row.Error($"code '{line.Code}' moet beginnen met de code van de organisatie en een streepje");
            }

            var body = bodies.GetValueOrDefault(line.Organisation);
            var subject = subjects.GetValueOrDefault(line.Topic);
            if (body is null)
            {
                row.Error($"onbekende organisatie '{line.Organisation}'");
            }

            if (subject is null)
            {
                row.Error($"onbekend onderwerp '{line.Topic}'");
            }

            if (body is not null && subject is not null && !Fits(line, body, subject))
            {
                row.Error($"een lijn van soort '{line.Kind}' past niet bij organisatie '{body.Code}' en onderwerp '{subject.Code}'");
            }

            rows.Add(line);
        }

        return rows;
    }

    private static bool Fits(LineRow line, OrganisationRow body, TopicRow topic) => line.Kind switch
    {
        "general" => topic.Code == GeneralTopic,
        "municipal" => topic.Layer == "municipal" && topic.Code != GeneralTopic && body.Kind == "municipality",
        "regional" => topic.Layer == "municipal" && body.Kind == "regional",
        "national" => topic.Layer == "national" && body.Kind == "national",
        _ => true,
    };
}
