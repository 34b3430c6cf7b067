using Loket.Domain;
using Loket.Web.Data;
using Loket.Web.Features.Demo;
using Loket.Web.Security;

namespace Loket.Web.Features.SignIn;

/// <summary>The people of the demo, by organisation, with those of the main job first.</summary>
public sealed class SignInQuery(Db db, DemoOptions demo, SignOnSetting signOn)
{
    // The story of the demo: a desk in Utrecht, debts in Nieuwegein and The Hague, the SVB, and who watches the chain.
    private static readonly string[] Suggested = ["Fatima Bouzidi", "Johan Terpstra", "Merel Hoekstra", "Willem de Haan"];

    // Those that the demo brought were the first; whoever imports a country beside them does not get it in one page.
    private const int Most = 1000;

    public async Task<SignInView> LoadAsync(string? returnUrl, Refusal? refusal)
    {
        if (!demo.Enabled)
        {
            return new SignInView { IsDemo = false, HasProvider = signOn.IsSet, ReturnUrl = returnUrl, Refusal = refusal };
        }

        var rows = await db.ReadAsync(r => r.QueryAsync<Row>(
            $"""
            SELECT p.id, p.name, p.organisation_code, o.display_name AS organisation_name, p.front_office, p.specialist, p.supervisor, p.line_manager, p.organisation_administrator, p.national_administrator, p.information_point, p.demo_colleague,
                   l.topic_code
            FROM professional p JOIN organisation o ON o.code = p.organisation_code
            LEFT JOIN line_member m ON m.professional_id = p.id LEFT JOIN line l ON l.code = m.line_code
            WHERE p.id IN (SELECT e.id FROM professional e WHERE e.active = 1 ORDER BY e.id {r.Dialect.First(Most)})
            ORDER BY o.kind, o.sort_name, p.front_office DESC, p.supervisor DESC, p.name, p.id, m.tier
            """));
        var people = rows.GroupBy(r => r.Id).Select(g => (g.First().OrganisationCode, Person: Shown([.. g]))).ToList();
        return new SignInView
        {
            IsDemo = true,
            HasProvider = signOn.IsSet,
            ReturnUrl = returnUrl,
            Refusal = refusal,
            Suggested = [.. Suggested.Select(name => people.Find(p => p.Person.Name == name).Person).Where(p => p is not null)],
            Organisations = [.. people.GroupBy(p => p.OrganisationCode).Select(g => new SignInOrganisation
            {
                Code = g.Key, Name = g.First().Person.OrganisationName, People = [.. g.Select(p => p.Person)],
            })],
        };
    }

    private static SignInPerson Shown(List<Row> rows)
    {
        var p = rows[0];
        var roles = new List<string>();
        if (p.FrontOffice == 1)
        {
            roles.Add(Policies.FrontOffice);
        }

        if (p.Specialist == 1)
        {
            roles.Add(Policies.Specialist);
        }

        if (p.Supervisor == 1)
        {
            roles.Add(Policies.Supervisor);
        }

        if (p.LineManager == 1)
        {
            roles.Add(Policies.LineManager);
        }

        if (p.OrganisationAdministrator == 1)
        {
            roles.Add(Policies.OrganisationAdministrator);
        }

        if (p.NationalAdministrator == 1)
        {
            roles.Add(Policies.NationalAdministrator);
        }

        if (p.InformationPoint == 1)
        {
            roles.Add(Policies.InformationPoint);
        }

        return new SignInPerson
        {
            Id = p.Id, Name = p.Name, OrganisationName = p.OrganisationName, Roles = roles, IsVirtual = p.DemoColleague == 1,
            Topics = [.. rows.Where(r => r.TopicCode is not null).Select(r => r.TopicCode!).Distinct()],
        };
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string OrganisationCode { get; init; } = "";

        public string OrganisationName { get; init; } = "";

        public int FrontOffice { get; init; }

        public int Specialist { get; init; }

        public int Supervisor { get; init; }

        public int LineManager { get; init; }

        public int OrganisationAdministrator { get; init; }

        public int NationalAdministrator { get; init; }

        public int InformationPoint { get; init; }

        public int DemoColleague { get; init; }

        public string? TopicCode { get; init; }
    }
}
