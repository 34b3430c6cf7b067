using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Shared;
using Loket.Web.Security;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Handoffs;

/// <summary>A scene with one more line, of the UWV: its specialists are members 2 and 3, and free.</summary>
internal static class Conference
{
    public const string Benefit = "uwv-debts";

    public static async Task<Scene> NewAsync(TestEngine engine = TestEngine.Sqlite)
    {
        var scene = await Scene.NewAsync(engine);
        var line = await scene.Given.Line(Benefit, 2);
        scene.Add(line.Members);
        foreach (var member in line.Members)
        {
            await scene.Given.Available(member);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        return scene;
    }

    public static async Task<long> AskAsync(Scene scene, Actor who, long handoff, string line = Benefit, long[]? facts = null, IReadOnlyList<long>? messages = null)
    {
        var asked = await scene.World.The<AskOneMoreLine>().RunAsync(who, handoff, new AskOneMoreLineForm(line, "Is er recht op een uitkering?", facts, messages), null);
        Assert.Null(asked.Refusal);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        return Given.Id(asked.Value.HandoffId);
    }

    public static async Task<long> JoinAsync(Scene scene, Actor who, long handoff)
    {
        var joined = await AskAsync(scene, who, handoff);
        Assert.True((await scene.AcceptAsync(scene.Members[2])).IsOk);
        return joined;
    }

    public static Task<long> JoinedAsync(Scene scene) => scene.World.ScalarAsync<long>("SELECT MAX(id) FROM handoff WHERE talk_id IS NOT NULL");

    public static async Task SayAsync(Scene scene, Actor who, long handoff, string text)
    {
        Assert.Null((await scene.World.The<Conversation>().SendAsync(who, handoff, text, null)).Refusal);
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    public static Task<ConversationView?> PageAsync(Scene scene, Actor who, long handoff) =>
        scene.World.AskAsync((ConversationQuery q) => q.LoadAsync(who, handoff, FormState.Empty));

    public static async Task<IEnumerable<string>> ReadAsync(Scene scene, Actor who, long handoff) =>
        (await PageAsync(scene, who, handoff))!.Messages.Messages.Where(m => m.Text is not null).Select(m => m.Text!);
}
