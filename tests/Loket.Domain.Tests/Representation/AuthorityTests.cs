using Loket.Domain.Parties;
using Loket.Domain.Representation;

namespace Loket.Domain.Tests.Representation;

/// <summary>Every kind of authority with every act, topic, party, evidence and day around its ends.</summary>
public sealed class AuthorityTests
{
    private static readonly DateOnly From = new(2026, 1, 10);
    private static readonly DateOnly Until = new(2026, 3, 20);
    private static readonly DateOnly Between = new(2026, 2, 10);
    private static readonly DateOnly Child = new(2010, 5, 1);

    private static Authority Of(AuthorityKind kind) => new() { Kind = kind, Evidence = ProofOf(kind), From = From, Until = Until };

    private static AuthorityEvidence ProofOf(AuthorityKind kind) => Enum.GetValues<AuthorityEvidence>().First(evidence => AuthorityRules.Proves(evidence, kind));

    private static PartyKind PartyOf(AuthorityKind kind) => kind == AuthorityKind.AuthorisedSignatory ? PartyKind.Business : PartyKind.Person;

    // What the law says, written down once more and by hand: the topics on which each kind may act.
    private static bool MayAbout(AuthorityKind kind, string topic) => kind switch
    {
        AuthorityKind.PropertyAdministration => topic is "debts" or "illness_disability",
        AuthorityKind.Mentorship => topic is "care_wmo" or "illness_disability",
        _ => true,
    };

    [Fact]
    public void Each_kind_each_act_and_each_topic_gives_what_the_law_says()
    {
        var tried = 0;
        foreach (var kind in Enum.GetValues<AuthorityKind>())
        {
            foreach (var act in Enum.GetValues<ActOnBehalf>())
            {
                foreach (var topic in (string[])["debts", "care_wmo", "illness_disability", "civil_affairs", "general", "not a topic"])
                {
                    var mayAct = kind != AuthorityKind.Intermediary || act is ActOnBehalf.OpenCase or ActOnBehalf.Ask or ActOnBehalf.Callback or ActOnBehalf.Letter;
                    var expected = !MayAbout(kind, topic) ? "authority-other-matter" : mayAct ? null : "authority-other-act";
                    Assert.Equal(expected, Of(kind).Check(act, topic, Between, PartyOf(kind), Child)?.Code);
                    tried++;
                }
            }
        }

        Assert.Equal(7 * 7 * 6, tried);
    }

    [Fact]
    public void It_holds_from_its_first_day_to_its_last_and_not_a_day_beside_them()
    {
        foreach (var kind in Enum.GetValues<AuthorityKind>())
        {
            foreach (var act in Enum.GetValues<ActOnBehalf>().Where(act => AuthorityRules.Allows(kind, act)))
            {
                for (var day = From.AddDays(-40); day < Until.AddDays(40); day = day.AddDays(1))
                {
                    var expected = day < From ? "authority-not-yet" : day > Until ? "authority-expired" : null;
                    Assert.Equal(expected, Of(kind).Check(act, "illness_disability", day, PartyOf(kind), Child)?.Code);
                    Assert.Equal("authority-revoked", (Of(kind) with { IsRevoked = true }).Check(act, "illness_disability", day, PartyOf(kind), Child)?.Code);
                    Assert.Equal(day > Until, Of(kind).HasLapsed(day, Child));
                    Assert.True((Of(kind) with { IsRevoked = true }).HasLapsed(day, Child));
                }
            }
        }
    }

    [Theory]
    [InlineData("2010-05-01", "2028-04-30")]
    [InlineData("2008-02-29", "2026-02-28")]
    [InlineData("2012-01-01", "2029-12-31")]
    public void Parental_authority_ends_on_the_day_of_the_18th_birthday(string born, string last)
    {
        var parent = Of(AuthorityKind.ParentalAuthority) with { Until = null };
        var (child, day) = (DateOnly.Parse(born), DateOnly.Parse(last));
        Assert.Equal(day, parent.LastDay(child));
        Assert.Null(parent.Check(ActOnBehalf.Share, "youth", day, PartyKind.Person, child));
        Assert.Equal("authority-of-age", parent.Check(ActOnBehalf.Share, "youth", day.AddDays(1), PartyKind.Person, child)?.Code);
        Assert.Equal((false, true), (parent.HasLapsed(day, child), parent.HasLapsed(day.AddDays(1), child)));
        // An earlier end goes before the birthday; a later one does not go past it.
        Assert.Equal(day.AddDays(-9), (parent with { Until = day.AddDays(-9) }).LastDay(child));
        Assert.Equal(day, (parent with { Until = day.AddDays(9) }).LastDay(child));
    }

    [Fact]
    public void Without_the_day_of_birth_nobody_acts_as_a_parent_and_no_other_kind_asks_for_it()
    {
        foreach (var kind in Enum.GetValues<AuthorityKind>())
        {
            Assert.Equal(kind == AuthorityKind.ParentalAuthority ? "authority-birth-unknown" : null, Of(kind).CheckRecord(PartyOf(kind), null)?.Code);
        }
    }

    [Fact]
    public void A_business_is_represented_by_who_signs_for_it_and_a_person_never_is()
    {
        foreach (var kind in Enum.GetValues<AuthorityKind>())
        {
            var anybody = kind is AuthorityKind.Mandate or AuthorityKind.Intermediary;
            foreach (var party in Enum.GetValues<PartyKind>())
            {
                var fits = anybody || (kind == AuthorityKind.AuthorisedSignatory) == (party == PartyKind.Business);
                Assert.Equal(fits ? null : "authority-wrong-party", Of(kind).CheckRecord(party, Child)?.Code);
                Assert.Equal(fits ? null : "authority-wrong-party", Of(kind).Check(ActOnBehalf.Ask, "illness_disability", Between, party, Child)?.Code);
            }
        }
    }

    [Fact]
    public void Only_what_can_show_an_authority_proves_it()
    {
        var proven = Enum.GetValues<AuthorityKind>().ToDictionary(kind => kind, kind => Enum.GetValues<AuthorityEvidence>().Where(evidence => AuthorityRules.Proves(evidence, kind)).ToList());
        List<AuthorityEvidence> court = [AuthorityEvidence.CourtOrder, AuthorityEvidence.GuardianshipRegister];
        Assert.Equal(court, proven[AuthorityKind.Guardianship]);
        Assert.Equal(court, proven[AuthorityKind.PropertyAdministration]);
        Assert.Equal(court, proven[AuthorityKind.Mentorship]);
        Assert.Equal([AuthorityEvidence.CourtOrder, AuthorityEvidence.CustodyRegister, AuthorityEvidence.PersonsRegister], proven[AuthorityKind.ParentalAuthority]);
        Assert.Equal([AuthorityEvidence.TradeRegister], proven[AuthorityKind.AuthorisedSignatory]);
        Assert.Equal([AuthorityEvidence.SignedMandate, AuthorityEvidence.DigidMandate, AuthorityEvidence.SaidInPerson], proven[AuthorityKind.Mandate]);
        Assert.Equal([AuthorityEvidence.SignedMandate, AuthorityEvidence.SaidInPerson], proven[AuthorityKind.Intermediary]);
        Assert.Equal("authority-evidence-wrong", (Of(AuthorityKind.Guardianship) with { Evidence = AuthorityEvidence.SaidInPerson }).CheckRecord(PartyKind.Person, null)?.Code);
        Assert.Equal("authority-until-before-from", (Of(AuthorityKind.Mandate) with { Until = From.AddDays(-1) }).CheckRecord(PartyKind.Person, null)?.Code);
    }

    [Fact]
    public void A_mandate_goes_no_further_than_it_was_given()
    {
        var mandate = Of(AuthorityKind.Mandate) with { Topics = ["debts", "benefits"], Acts = [ActOnBehalf.Ask, ActOnBehalf.Callback] };
        foreach (var act in Enum.GetValues<ActOnBehalf>())
        {
            foreach (var topic in (string[])["debts", "benefits", "taxes", "care_wmo"])
            {
                var expected = topic is "taxes" or "care_wmo" ? "authority-other-topic" : act is ActOnBehalf.Ask or ActOnBehalf.Callback ? null : "authority-other-act";
                Assert.Equal(expected, mandate.Check(act, topic, Between, PartyKind.Person, null)?.Code);
            }
        }
    }

    [Fact]
    public void A_topic_of_nobody_knows_what_is_personal() => Assert.Equal(Matter.Personal, Matters.Of("not a topic"));
}
