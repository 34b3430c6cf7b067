using Loket.Web.Features.Steps;

namespace Loket.Web.Tests.Chain;

/// <summary>What people do with the steps of a chain.</summary>
internal sealed partial class ModelWorld
{
    private static readonly string[] Bodies = ["gm0518", "gm0518", "gm0344", "zb000143", "gm9999"];
    private static readonly string[] Kinds = ["consent", "force_majeure", "applicant_delay", "completion"];
    private const string Deciders = "SELECT s.id, s.professional_id AS person FROM chain_step s ORDER BY CASE WHEN s.ended_at IS NULL THEN 1 ELSE 0 END, s.id";
    private const string Asks = "SELECT q.id, q.to_id AS person FROM step_request q ORDER BY CASE WHEN q.state = 'asked' THEN 1 ELSE 0 END, q.id";

    private const string LineAsks = """
        SELECT q.id, m.professional_id AS person FROM step_request q JOIN line_member m ON m.line_code = q.line_code
        ORDER BY CASE WHEN q.state = 'asked' THEN 1 ELSE 0 END, q.id, m.professional_id
        """;

    private static string In(string states) =>
        $"SELECT s.id, s.professional_id AS person FROM chain_step s ORDER BY CASE WHEN s.state IN ({states}) THEN 1 ELSE 0 END, s.id";

    private Task<bool> StepAsync(ModelStep s)
    {
        var (asks, work) = (world.The<AskStep>(), world.The<WorkStep>());
        var today = DateOnly.FromDateTime(world.Clock.UtcNow);
        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return s.Act switch
        {
            Act.AddStep => OnAsync("SELECT case_id AS id, professional_id AS person FROM case_participant WHERE until IS NULL ORDER BY case_id, professional_id", s, (a, id) =>
                Ask(world.The<AddSteps>().RunAsync(a, id, Form(s, Day), null))),
            Act.AskStep => OnAsync(Deciders, s, (a, id) => (s.How % 5) switch
            {
                0 => Ask(asks.TakeAsync(a, id, null)),
                1 => Ask(asks.AskAsync(a, id, new AskStepForm(To: Of(people, s.How)), null)),
                _ => Ask(asks.AskAsync(a, id, new AskStepForm(Of(Lines, s.How)), null)),
            }),
            Act.AnswerStep => OnAsync(s.How % 2 == 0 ? Asks : LineAsks, s, (a, id) => (s.How / 2 % 4) switch
            {
                0 => Ask(asks.RefuseAsync(a, id, s.How % 3 == 0 ? null : "niet van ons", null)),
                1 when s.How % 3 == 0 => Ask(asks.WithdrawAsync(a, id, null)),
                _ => Ask(asks.AcceptAsync(a, id, null)),
            }),
            Act.WorkStep => OnAsync(In("'open', 'in_progress'"), s, (a, id) => s.How % 2 == 0
                ? Ask(work.StartAsync(a, id, new StartStepForm(s.How % 3 == 0 ? Day(-(s.How % 9)) : null, s.How % 5 == 0 ? Day(s.How % 30) : null), null))
                : Ask(work.AskCitizenAsync(a, id, new AskCitizenForm("Een kopie van het huurcontract", Day(s.How % 20), s.How % 3 == 0), null))),
            Act.SuspendStep => s.How % 2 == 0
                ? OnAsync(In("'open', 'in_progress'"), s, (a, id) => Ask(work.SuspendAsync(a, id, new SuspendStepForm(Of(Kinds, s.How / 2), s.How % 3 == 0 ? Day(-(s.How % 4)) : null), null)))
                : OnAsync(In("'suspended', 'waiting'"), s, (a, id) => Ask(work.ResumeAsync(a, id, null))),
            _ => OnAsync(Deciders, s, (a, id) => s.How % 3 == 0
                ? Ask(work.CancelAsync(a, id, s.How % 2 == 0 ? null : "niet meer nodig", null))
                : Ask(work.FinishAsync(a, id, "klaar", null))),
        };
    }

    private static StepForm Form(ModelStep s, Func<int, string> day) => (s.How % 4) switch
    {
        0 => new("Beslissen op de aanvraag", Of(Bodies, s.How / 4), TermStart: day(-(s.How % 30)), Term: "P8W", Basis: "act"),
        1 => new("Aanvraag klaarzetten", Of(Bodies, s.How / 4), DueDay: day(s.How % 40)),
        2 => new("Beslissen na ontvangst", Of(Bodies, s.How / 4), Term: "P13W", Basis: "bylaw", Take: s.How % 8 == 2),
        _ => new("Eerste gesprek", "gm0518", Line: s.How % 8 == 3 ? "gm0518-debts" : null),
    };
}
