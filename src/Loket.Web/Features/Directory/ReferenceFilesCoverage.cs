namespace Loket.Web.Features.Directory;

/// <summary>
/// "Routing never ends in nothing", asked of the reference data: which question would find no line, and which line
/// has no way to be reached at all.
/// </summary>
public static class ReferenceFilesCoverage
{
    /// <summary>What is missing, one Dutch sentence each; empty when every question has a route.</summary>
    public static IReadOnlyList<string> Gaps(ReferenceSet set)
    {
        var gaps = new List<string>();
        var organisations = set.Organisations.ToDictionary(o => o.Code, StringComparer.Ordinal);
        var topicOfLine = set.Lines.ToDictionary(l => l.Code, l => l.Topic, StringComparer.Ordinal);
        var own = set.Lines.Where(l => l.Kind is "municipal" or "general").Select(l => (l.Organisation, l.Topic)).ToHashSet();
        var served = set.ServiceAreas.Select(a => (a.Municipality, topicOfLine.GetValueOrDefault(a.Line))).ToHashSet();

        foreach (var municipality in set.Organisations.Where(o => o.Kind == "municipality"))
        {
            foreach (var topic in set.Topics.Where(t => t.Layer == "municipal" && t.Code != ReferenceFiles.GeneralTopic))
            {
                if (!own.Contains((municipality.Code, topic.Code)) && !served.Contains((municipality.Code, topic.Code)))
                {
                    gaps.Add($"{municipality.Name}: geen lijn voor {topic.NameNl}");
                }
            }

            if (!own.Contains((municipality.Code, ReferenceFiles.GeneralTopic)))
            {
                gaps.Add($"{municipality.Name}: geen algemene lijn");
            }
        }

        foreach (var topic in set.Topics.Where(t => t.Layer == "national"))
        {
            if (!set.Lines.Any(l => l.Kind == "national" && l.Topic == topic.Code))
            {
                gaps.Add($"{topic.NameNl}: geen landelijke lijn");
            }
        }

        foreach (var line in set.Lines)
        {
            if (!organisations.TryGetValue(line.Organisation, out var organisation))
            {
                gaps.Add($"{line.Code}: organisatie {line.Organisation} bestaat niet");
            }
            else if (line.Phone is null && organisation is { Phone: null, Website: null })
            {
                gaps.Add($"{line.Code}: {organisation.Name} heeft geen telefoonnummer en geen website");
            }
        }

        return gaps;
    }
}
