using FsCheck;
using FsCheck.Fluent;
using Loket.Domain.Lines;

namespace Loket.Domain.Tests.Lines;

/// <summary>The order in which lines are asked, and where a route ends (DOMAIN 2).</summary>
public sealed class RoutePlanTests
{
    private static readonly RouteCandidate Own = new("gm0356-debts", "gm0356", LineKind.Municipal, "debts", OwnMunicipality: true, Serves: false, Connected: true);
    private static readonly RouteCandidate Regional = new("so0719-debts", "so0719", LineKind.Regional, "debts", OwnMunicipality: false, Serves: true, Connected: true);
    private static readonly RouteCandidate General = new("gm0356-general", "gm0356", LineKind.General, "general", OwnMunicipality: true, Serves: false, Connected: true);
    private static readonly RouteCandidate National = new("oorg1-debts", "oorg1", LineKind.National, "debts", OwnMunicipality: false, Serves: false, Connected: true);

    [Fact]
    public void A_municipal_question_goes_municipality_region_general_line_nation()
    {
        var plan = RoutePlan.For("debts", municipal: true, [National, General, Regional, Own]);

        Assert.Equal(["gm0356-debts", "so0719-debts", "gm0356-general", "oorg1-debts"], plan.Stops.Select(s => s.Line));
        Assert.Equal(
            [RouteReason.OwnMunicipality, RouteReason.ServesMunicipality, RouteReason.MunicipalityGeneral, RouteReason.National],
            plan.Stops.Select(s => s.Reason));
    }

    [Fact]
    public void A_centre_municipality_that_serves_another_stands_where_a_regional_body_does()
    {
        var centre = new RouteCandidate("gm0344-debts", "gm0344", LineKind.Municipal, "debts", OwnMunicipality: false, Serves: true, Connected: true);

        Assert.Equal(["gm0356-debts", "gm0344-debts", "gm0356-general"], RoutePlan.For("debts", true, [General, centre, Own]).Stops.Select(s => s.Line));
    }

    [Fact]
    public void Lines_of_other_municipalities_and_of_other_topics_are_no_candidates()
    {
        var route = RoutePlan.For("debts", municipal: true,
        [
            Own with { Line = "gm0344-debts", OwnMunicipality = false },
            General with { Line = "gm0344-general", OwnMunicipality = false },
            Own with { Line = "gm0356-permits", Topic = "permits" },
            National with { Line = "oorg2-taxes", Topic = "taxes" },
        ]);

        Assert.Empty(route.Stops);
        Assert.Null(route.CallbackAt);
    }

    [Fact]
    public void A_national_question_goes_to_its_national_lines_only()
    {
        var svb = new RouteCandidate("zb000143-pension-survivors", "zb000143", LineKind.National, "pension_survivors", false, false, true);

        var plan = RoutePlan.For("pension_survivors", municipal: false, [Own with { Topic = "pension_survivors" }, General, svb]);

        Assert.Equal(["zb000143-pension-survivors"], plan.Stops.Select(s => s.Line));
    }

    [Fact]
    public void A_general_question_goes_to_the_general_line_of_the_municipality_once()
    {
        Assert.Equal(["gm0356-general"], RoutePlan.For("general", municipal: true, [General, Own]).Stops.Select(s => s.Line));
    }

    [Fact]
    public void A_line_that_is_not_connected_is_shown_and_never_rings()
    {
        var plan = RoutePlan.For("debts", true, [Own with { Connected = false }, Regional, General with { Connected = false }]);

        Assert.Equal(3, plan.Stops.Count);
        Assert.Equal(["so0719-debts"], plan.Ringing.Select(s => s.Line));
    }

    [Fact]
    public void The_callback_is_at_the_first_connected_body_and_at_none_when_none_is_connected()
    {
        Assert.Equal("so0719-debts", RoutePlan.For("debts", true, [Own with { Connected = false }, Regional, General]).CallbackAt?.Line);
        Assert.Null(RoutePlan.For("debts", true, [Own with { Connected = false }, National with { Connected = false }]).CallbackAt);
    }

    [Fact]
    public void A_suggested_line_is_asked_next()
    {
        var plan = RoutePlan.For("debts", true, [Own, Regional, General]);

        var better = plan.WithSuggested(0, new RouteStop("gm0344-debts", "gm0344", RouteReason.National, Connected: true));

        Assert.Equal(["gm0356-debts", "gm0344-debts", "so0719-debts", "gm0356-general"], better.Stops.Select(s => s.Line));
        Assert.Equal(RouteReason.Suggested, better.Stops[1].Reason);
    }

    [Fact]
    public void A_suggested_line_that_stands_later_comes_forward_and_stands_there_once()
    {
        var plan = RoutePlan.For("debts", true, [Own, Regional, General]);

        Assert.Equal(["gm0356-debts", "gm0356-general", "so0719-debts"], plan.WithSuggested(0, plan.Stops[2]).Stops.Select(s => s.Line));
    }

    [Fact]
    public void A_suggested_line_that_was_asked_already_is_not_asked_again()
    {
        var plan = RoutePlan.For("debts", true, [Own, Regional, General]);

        Assert.Equal(plan.Stops, plan.WithSuggested(1, plan.Stops[0]).Stops);
        Assert.Equal(plan.Stops, plan.WithSuggested(1, plan.Stops[1]).Stops);
    }

    [Fact]
    public void An_overflow_line_is_asked_right_after_the_line_that_names_it_and_never_twice()
    {
        var plan = RoutePlan.For("debts", true, [Own, Regional, General]);
        RouteStop Stop(string line, bool connected = true) => new(line, line[..line.IndexOf('-')], RouteReason.National, connected);
        var overflow = new Dictionary<string, RouteStop>
        {
            ["gm0356-debts"] = Stop("gm0356-general"), ["gm0356-general"] = Stop("gm0344-general"), ["gm0344-general"] = Stop("gm0356-debts"),
            ["so0719-debts"] = Stop("gm0518-debts", connected: false),
        };

        var stops = plan.WithOverflow(line => overflow.GetValueOrDefault(line)).Stops;

        Assert.Equal(["gm0356-debts", "gm0356-general", "gm0344-general", "so0719-debts"], stops.Select(s => s.Line));
        Assert.Equal([RouteReason.OwnMunicipality, RouteReason.Overflow, RouteReason.Overflow, RouteReason.ServesMunicipality], stops.Select(s => s.Reason));
    }

    [Fact]
    public void Any_route_is_in_order_has_each_line_once_and_ends_at_its_first_connected_stop()
    {
        Prop.ForAll(Candidates.ToArbitrary(), candidates =>
        {
            var plan = RoutePlan.For("debts", municipal: true, candidates);
            Assert.Equal(plan.Stops.OrderBy(s => s.Reason).ThenBy(s => s.Line, StringComparer.Ordinal), plan.Stops);
            Assert.Equal(plan.Stops.Count, plan.Stops.Select(s => s.Line).Distinct().Count());
            Assert.Equal(plan.Ringing.FirstOrDefault(), plan.CallbackAt);
            Assert.Equal(RoutePlan.For("debts", true, Enumerable.Reverse(candidates)).Stops, plan.Stops);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_suggestion_keeps_what_was_asked_and_loses_no_line()
    {
        var situations = from candidates in Candidates
                         from position in Gen.Choose(0, 6)
                         from suggested in Gen.Elements("gm0356-debts", "so0719-debts", "gm0356-general", "oorg1-debts", "gm9999-debts")
                         select (candidates, position, suggested);
        Prop.ForAll(situations.ToArbitrary(), s =>
        {
            var plan = RoutePlan.For("debts", true, s.candidates);
            if (plan.Stops.Count == 0)
            {
                return;
            }

            var at = s.position % plan.Stops.Count;
            var better = plan.WithSuggested(at, new RouteStop(s.suggested, "x", RouteReason.National, true));
            Assert.Equal(plan.Stops.Take(at + 1), better.Stops.Take(at + 1));
            Assert.Equal(plan.Stops.Select(x => x.Line).Append(s.suggested).Distinct().Order(), better.Stops.Select(x => x.Line).Order());
            Assert.Contains(better.Stops.Take(at + 2), x => x.Line == s.suggested);
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<List<RouteCandidate>> Candidates =>
        from lines in Gen.SubListOf(Own, Regional, General, National, Own with { Line = "gm0344-debts", OwnMunicipality = false, Serves = true }, Own with { Line = "gm0001-debts", OwnMunicipality = false })
        from connected in Gen.ArrayOf(Gen.Elements(true, false), lines.Count)
        from shuffled in Gen.Shuffle(lines.Zip(connected, (l, c) => l with { Connected = c }).ToArray())
        select shuffled.ToList();
}
