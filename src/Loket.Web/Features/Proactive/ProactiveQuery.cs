using Loket.Domain;
using Loket.Domain.Proactive;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Proactive;

/// <summary>
/// Reads the rules, a list and a letter for who may. Every look at people is written down in the transaction that reads
/// them; of a rule that does not run nobody is shown.
/// </summary>
public sealed class ProactiveQuery(Db db, Say say, ProactiveBook book)
{
    public const int Longest = 200;
    private const int Looks = 10;

    public Task<ProactiveView> LoadAsync(Actor actor) => db.ReadAsync(async r =>
    {
        var counts = await r.QueryAsync<CountRow>(
            "SELECT f.rule_id, f.state, COUNT(*) AS people FROM proactive_person f WHERE f.organisation_code = @OrganisationCode GROUP BY f.rule_id, f.state", new { actor.OrganisationCode });
        return new ProactiveView { Rules = [.. book.Rules.Select(rule => Row(rule, actor, counts))] };
    });

    /// <summary>The list of a rule; <c>proactive-rule-unknown</c> when there is no such rule.</summary>
    public async Task<Outcome<ProactiveListView>> ListAsync(Actor actor, string ruleId, Refusal? refusal = null)
    {
        if (book.Find(ruleId) is not { } rule)
        {
            return new Refusal("proactive-rule-unknown");
        }

        var about = Row(rule, actor, []);
        if (!about.Runs)
        {
            return new ProactiveListView { Rule = about, Refusal = refusal };
        }

        // Words are made outside the unit: it does not run in the language of the page.
        var read = (await db.WriteAsync<Read>(unit =>
        {
            var (found, sent) = (People(unit, actor, rule, "found"), People(unit, actor, rule, "sent"));
            var looks = unit.Query<LookRow>(
                $"""
                SELECT w.name, l.act, l.people, l.at FROM proactive_log l JOIN professional w ON w.id = l.professional_id
                WHERE l.organisation_code = @OrganisationCode AND l.rule_id = @ruleId ORDER BY l.at DESC, l.id DESC {unit.Dialect.First(Looks)}
                """,
                new { actor.OrganisationCode, ruleId });
            ProactiveLog.Write(unit, actor, rule, "list", found.Count + sent.Count);
            return new Read(found, sent, looks);
        })).Value;
        return new ProactiveListView
        {
            Rule = about, Found = read.Found.ConvertAll(p => Row(p, rule)), Sent = read.Sent.ConvertAll(p => Row(p, rule)), Looks = read.Looks, Refusal = refusal,
        };
    }

    /// <summary>The letter to somebody on a list; refused when they are not on one, or the rule does not run.</summary>
    public async Task<Outcome<ProactiveLetterView>> LetterAsync(Actor actor, long personId, string? lang)
    {
        var read = await db.WriteAsync<ReadPerson>(unit =>
        {
            var (person, rule) = FoundPerson.Get(unit, book, actor, personId);
            ProactiveLog.Write(unit, actor, rule, "preview", 1, personId);
            var address = person.Address(unit, actor);
            return new ReadPerson(person, rule, address, person.Letter(rule, lang == "en", unit.Now), person.WhyNotSend(rule, address, unit.Now));
        });
        return read.Refusal is { } no ? no : new ProactiveLetterView
        {
            Person = Row(read.Value.Person, read.Value.Rule), Rule = Row(read.Value.Rule, actor, []), Address = read.Value.Address, IsSecret = read.Value.Person.Secret == 1, Organisation = read.Value.Person.Organisation,
            Lang = lang == "en" ? "en" : "nl", Subject = read.Value.Letter.Subject, Text = read.Value.Letter.Text, WhyNot = read.Value.WhyNot,
        };
    }

    private static List<FoundPerson> People(Unit unit, Actor actor, ProactiveRule rule, string state) => unit.Query<FoundPerson>(
        $"{FoundPerson.Select} WHERE f.organisation_code = @OrganisationCode AND f.rule_id = @ruleId AND f.state = @state ORDER BY f.day, f.id {unit.Dialect.First(Longest)}",
        new { actor.OrganisationCode, ruleId = rule.Id, state });

    private FoundRow Row(FoundPerson p, ProactiveRule rule) => new()
    {
        Id = p.Id, Name = p.Name, CaseId = p.CaseId, CaseNumber = p.Number, Day = p.On, SentAt = p.SentAt,
        Reason = rule.Finds.Age is { } age ? say.Text("proactive.reason-age", age, say.Dates.Birth(p.On))
            : say.Text(rule.Finds.PensionAge ? "proactive.reason-pension" : "proactive.reason-event", say.Dates.Birth(p.On)),
    };

    private ProactiveRuleRow Row(ProactiveRule rule, Actor actor, List<CountRow> counts)
    {
        var decision = book.DecisionOf(rule, actor);
        return new ProactiveRuleRow
        {
            Id = rule.Id, Name = rule.Name.In(say.IsEnglish), When = say.Text("proactive.when", Around(rule.From), Around(rule.Until)), WhyNot = book.WhyNot(rule, actor),
            BasisArticle = $"{rule.Basis.Law} art. {rule.Basis.Article}", BasisSays = rule.Basis.Says.In(say.IsEnglish), TermArticle = book.Law.Find(rule.Law)?.Article ?? rule.Law,
            Verified = decision?.Article, Register = decision?.Register, RetentionDays = decision?.RetentionDays,
            Found = Count("found"), Sent = Count("sent"),
        };

        int Count(string state) => counts.Where(c => c.RuleId == rule.Id && c.State == state).Sum(c => c.People);
    }

    private string Around(int days) => days == 0 ? say.Text("proactive.on-the-day") : say.Text(days < 0 ? "proactive.before" : "proactive.after", say.Plural("span.day", Math.Abs(days)));

    private sealed record Read(List<FoundPerson> Found, List<FoundPerson> Sent, List<LookRow> Looks);

    private sealed record ReadPerson(FoundPerson Person, ProactiveRule Rule, string? Address, (string Subject, string Text) Letter, Refusal? WhyNot);

    private sealed class CountRow
    {
        public string RuleId { get; init; } = "";

        public string State { get; init; } = "";

        public int People { get; init; }
    }
}
