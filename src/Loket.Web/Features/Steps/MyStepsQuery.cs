using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Steps;

/// <summary>What is asked of a person, and the steps they answer for, soonest date first.</summary>
public sealed class MyStepsQuery(Db db, Say say)
{
    public const int Longest = 100;

    public Task<MyStepsView> LoadAsync(Actor actor, FormState form) => db.ReadAsync(async r =>
    {
        var asks = await StepAsks.ToAsync(r, say, actor);
        var lines = new Dictionary<long, IReadOnlyList<Option>>();
        foreach (var ask in asks)
        {
            lines[ask.Id] = await StepChoices.ForwardAsync(r, say, actor, ask.Topic, ask.Municipality);
        }

        return new MyStepsView { Asks = asks, ForwardLines = lines, Steps = await StepsAsync(r, say, actor), Form = form };
    });

    internal static async Task<IReadOnlyList<MyStep>> StepsAsync(Reader r, Say say, Actor actor)
    {
        var steps = await r.QueryAsync<MyStep>(
            $"""
            SELECT s.id, s.case_id, c.number AS case_number, s.title, COALESCE(g.display_name, x.name) AS who, s.state, s.due_at
            FROM chain_step s JOIN case_file c ON c.id = s.case_id LEFT JOIN organisation g ON g.code = s.organisation_code LEFT JOIN partner x ON x.id = s.partner_id
            WHERE s.professional_id = @Id AND s.state IN ('open', 'in_progress', 'waiting', 'suspended') ORDER BY s.due_at, s.id {r.Dialect.First(Longest)}
            """,
            new { actor.Id });
        steps.ForEach(s => s.Title = say.Step(s.Title));
        return steps;
    }
}
