using Loket.Web.Features.Chain;
using Loket.Web.Features.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Data;

/// <summary>What the screens are asked about: a few cases with all that belongs to them, many times over.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        private async Task FillAsync()
        {
            desk = await World.ActorAsync(await World.ScalarAsync<long>("SELECT MIN(id) FROM professional WHERE organisation_code = 'gm0344' AND front_office = 1 AND specialist = 0"));
            specialist = await World.ActorAsync(await World.ScalarAsync<long>("SELECT MIN(professional_id) FROM line_member WHERE line_code = 'gm0344-debts'"));
            supervisor = await World.ActorAsync(await World.ScalarAsync<long>($"SELECT MIN(professional_id) FROM team_supervisor WHERE team_code = '{desk.TeamCode}'"));
            for (var i = 0; i < 20; i++)
            {
                caseId = await World.Given.Case(desk, "debts", "gm0344", name: "G. de Vries");
                handoffId = await World.Given.AcceptedHandoff(desk, caseId, specialist);
                var talk = World.The<Conversation>();
                await talk.SendAsync(specialist, handoffId, "Ik lees mee.", null);
                await FillSharingAsync();
                await talk.ConfirmCitizenAsync(specialist, handoffId, "headset", null);
                await World.The<Promises>().MakeAsync(desk, caseId, new PromiseForm("Ik bel", World.Clock.UtcNow.AddDays(1)), null);
                await World.The<Ownership>().AskAsync(desk, caseId, specialist.Id, null);
                await talk.FinishAsync(specialist, handoffId, new FinishForm("answered", "Uitgelegd."), null);
                await talk.DoneAsync(specialist, handoffId, null);
                await World.The<Features.Presence.SetPresence>().RunAsync(specialist, "offline", null);
                await FillStepsAsync();
            }

            var waiting = await World.Given.Case(desk, "debts", "gm0344");
            await World.Given.Handoff(desk, waiting);
            await World.ExecuteAsync("UPDATE case_file SET life_event = 'death'");
            await World.The<KeepBoard>().RunAsync(default);
            foreach (var tab in (string[])["stalled", "waiting"])
            {
                await World.ExecuteAsync(
                    """
                    INSERT INTO board_entry (case_id, tab, place, team_code, topic_code, life_event, at)
                    SELECT e.case_id, @tab, e.place, e.team_code, e.topic_code, e.life_event, e.at FROM board_entry e
                    WHERE e.tab = 'risk' AND NOT EXISTS (SELECT 1 FROM board_entry b WHERE b.case_id = e.case_id AND b.tab = @tab AND b.place = e.place)
                    """,
                    new { tab });
            }

            await CopyAsync();
        }
    }
}
