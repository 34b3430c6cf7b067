using System.Text.RegularExpressions;
using Loket.Domain;
using Loket.Web.Features.Partners;
using Loket.Web.Features.Steps;
using Loket.Web.Tests.Handoffs;
using Loket.Web.Tests.Support;

namespace Loket.Web.Tests.Steps;

/// <summary>A partner without access: one question, by a link that needs a code from another channel.</summary>
public sealed partial class PartnerTests
{
    private const string Question = "Kunt u de ontruiming twee weken uitstellen? Uw kenmerk 7781.";

    [Theory, OnSqlite, OnSqlServer]
    public async Task A_partner_opens_the_link_with_the_code_and_answers_and_the_step_stays_the_owners(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var step = await PartnerStepAsync(scene);
        var asked = await AskAsync(scene, step, "email");
        Assert.Null(asked.Refusal);
        Assert.False(asked.Value.Letter);
        var (token, code) = await SentAsync(scene);
        var links = scene.World.The<AnswerLink>();

        Assert.Null(await links.LookAsync(token));
        Assert.Equal(Question, (await links.OpenAsync(token, code)).Value.Question!.Question);
        Assert.Equal("partner-text-missing", (await links.AnswerAsync(new(token, code, "needs_time", ""))).Refusal?.Code);
        Assert.True((await links.AnswerAsync(new(token, code, "needs_time", "Dat kan tot 1 april."))).Value.Saved);

        Assert.Equal("partner-link-over", (await links.OpenAsync(token, code)).Refusal?.Code);
        Assert.Equal([scene.Desk.Id], await scene.World.QueryAsync<long>("SELECT professional_id FROM deadline WHERE subject_kind = 'step' AND state = 'running'"));
        Assert.Equal(
            ["step_added", "step_partner_asked", "step_partner_opened", "step_partner_answered"],
            (await scene.World.QueryAsync<string>("SELECT kind FROM journal ORDER BY n")).FindAll(k => k.StartsWith("step_", StringComparison.Ordinal)));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task The_fifth_wrong_code_closes_the_link_and_the_right_one_comes_too_late(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        await AskAsync(scene, await PartnerStepAsync(scene), "email");
        var (token, code) = await SentAsync(scene);
        var links = scene.World.The<AnswerLink>();
        var wrong = code == "000000" ? "000001" : "000000";

        for (var left = 4; left >= 0; left--)
        {
            var answer = await links.OpenAsync(token, wrong);
            Assert.Null(answer.Value.Question);
            Assert.Equal(left, answer.Value.TriesLeft);
        }

        Assert.Equal("partner-link-over", (await links.OpenAsync(token, code)).Refusal?.Code);
        Assert.Equal(["locked"], await scene.World.QueryAsync<string>("SELECT state FROM partner_link"));
        Assert.Equal(1, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM journal WHERE kind = 'step_partner_locked'"));
    }

    [Fact]
    public async Task Guessing_codes_at_the_same_moment_gives_no_more_than_five_tries()
    {
        await using var scene = await Scene.NewAsync();
        await AskAsync(scene, await PartnerStepAsync(scene), "email");
        var (token, code) = await SentAsync(scene);
        var wrong = code == "000000" ? "000001" : "000000";

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => scene.World.The<AnswerLink>().OpenAsync(token, wrong))));

        Assert.Equal(5, answers.Count(a => a.IsOk));
        Assert.Equal(35, answers.Count(a => a.Refusal?.Code == "partner-link-over"));
    }

    [Fact]
    public async Task A_link_that_is_too_old_unknown_or_replaced_opens_nothing()
    {
        await using var scene = await Scene.NewAsync();
        var step = await PartnerStepAsync(scene);
        await AskAsync(scene, step, "email");
        var (first, firstCode) = await SentAsync(scene);
        await AskAsync(scene, step, "email");
        var (token, code) = await SentAsync(scene);
        var links = scene.World.The<AnswerLink>();

        Assert.Equal("partner-link-unknown", (await links.LookAsync("x"))?.Code);
        Assert.Equal("partner-link-unknown", (await links.OpenAsync(null, code)).Refusal?.Code);
        Assert.Equal("partner-link-over", (await links.OpenAsync(first, firstCode)).Refusal?.Code);
        scene.Clock.Advance(TimeSpan.FromDays(14));
        Assert.Equal("partner-link-over", (await links.OpenAsync(token, code)).Refusal?.Code);
    }

    [Fact]
    public async Task Neither_the_token_nor_the_code_stands_in_the_link_or_the_journal()
    {
        await using var scene = await Scene.NewAsync();
        await AskAsync(scene, await PartnerStepAsync(scene), "email");
        var (token, code) = await SentAsync(scene);

        Assert.Equal(22, token.Length);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM partner_link WHERE token_hash = @token OR code_hash = @code", new { token, code }));
        Assert.DoesNotContain(await scene.World.QueryAsync<string>("SELECT payload FROM journal"), p => p.Contains(token, StringComparison.Ordinal) || p.Contains(code, StringComparison.Ordinal));
    }

    [Theory, OnSqlite, OnSqlServer]
    public async Task What_waits_to_be_sent_lies_sealed_and_goes_when_the_link_is_over(TestEngine engine)
    {
        await using var scene = await Scene.NewAsync(engine);
        var step = await PartnerStepAsync(scene);
        var links = scene.World.The<AnswerLink>();
        async Task<int> WaitingAsync() => (await scene.World.BodiesAsync()).Count(body => body.Length > 0);
        await AskAsync(scene, step, "email");
        var (token, code) = await SentAsync(scene);
        Assert.DoesNotContain(await scene.World.QueryAsync<string>("SELECT body FROM outgoing_message"), body => body.Contains(token, StringComparison.Ordinal) || body.Contains(code, StringComparison.Ordinal));

        // Asked anew: only the new link and its code wait. Answered: nothing.
        await AskAsync(scene, step, "email");
        (token, code) = await SentAsync(scene);
        Assert.Equal((2, 2), (await WaitingAsync(), (int)await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM outgoing_message WHERE held_at IS NULL")));
        Assert.True((await links.AnswerAsync(new(token, code, "done", null))).Value.Saved);
        Assert.Equal(0, await WaitingAsync());

        // Closed by wrong codes, run out, and of a step that was ended.
        await AskAsync(scene, step, "email");
        (token, code) = await SentAsync(scene);
        for (var i = 0; i < AnswerLink.Tries; i++)
        {
            Assert.Equal(2, await WaitingAsync());
            await links.OpenAsync(token, "niets");
        }

        Assert.Equal(0, await WaitingAsync());
        await AskAsync(scene, step, "email");
        scene.Clock.Advance(TimeSpan.FromDays(13));
        await scene.World.The<ForgetLinks>().RunAsync(default);
        Assert.Equal(2, await WaitingAsync());
        scene.Clock.Advance(TimeSpan.FromDays(1));
        await scene.World.The<ForgetLinks>().RunAsync(default);
        Assert.Equal(0, await WaitingAsync());
        await AskAsync(scene, step, "email");
        Assert.Null((await scene.World.The<WorkStep>().FinishAsync(scene.Desk, step, "Geregeld", null)).Refusal);
        Assert.Equal(0, await WaitingAsync());
    }

    [Fact]
    public async Task A_letter_has_no_link_and_a_partner_with_one_channel_gets_no_link()
    {
        await using var scene = await Scene.NewAsync();
        var step = await PartnerStepAsync(scene, sms: null);

        Assert.Equal("partner-one-channel", (await AskAsync(scene, step, "email")).Refusal?.Code);
        Assert.True((await AskAsync(scene, step, "post")).Value.Letter);
        Assert.Equal(0, await scene.World.ScalarAsync<long>("SELECT COUNT(*) FROM outgoing_message"));
    }

    [Theory]
    [InlineData("", "partner-question-missing")]
    [InlineData("Mevrouw Jansen kan de huur niet betalen.", "partner-question-names")]
    [InlineData("Het gaat om 999993112.", "text-has-bsn")]
    public async Task A_question_that_says_who_it_is_about_does_not_go(string question, string reason)
    {
        await using var scene = await Scene.NewAsync();
        var step = await PartnerStepAsync(scene);

        Assert.Equal(reason, (await AskAsync(scene, step, "email", question)).Refusal?.Code);
    }

    [Fact]
    public async Task Only_a_channel_of_this_partner_is_used_and_only_for_a_step_of_a_partner()
    {
        await using var scene = await Scene.NewAsync();
        var step = await PartnerStepAsync(scene);
        var own = await StepTests.AddAsync(scene, await scene.World.ScalarAsync<long>("SELECT case_id FROM chain_step"), new StepForm("Beslissen", "gm0344"));
        var channel = await ChannelAsync(scene, "email");
        var ask = scene.World.The<AskPartner>();

        Assert.Equal("partner-channel-missing", (await ask.RunAsync(scene.Desk, step, new AskPartnerForm(Question, channel + 100), null)).Refusal?.Code);
        Assert.Equal("step-not-partner", (await ask.RunAsync(scene.Desk, own, new AskPartnerForm(Question, channel), null)).Refusal?.Code);
        Assert.Equal("step-unknown", (await ask.RunAsync(await scene.Given.FrontOffice("gm0363"), step, new AskPartnerForm(Question, channel), null)).Refusal?.Code);
    }

    private static async Task<long> PartnerStepAsync(Scene scene, string? sms = "0600000001")
    {
        await scene.World.Db.WriteAsync<int>(unit =>
        {
            PartnerRegister.Add(unit, 1, "landlord", "Woonstichting De Linde", "2026-01-12", "Gemeente Utrecht", [("email", "zaken@delinde.example"), ("sms", sms), ("post", "Lindelaan 1")]);
            return 1;
        });
        return await StepTests.AddAsync(scene, await scene.Given.Case(scene.Desk), new StepForm("Ontruiming uitstellen", Partner: 1, DueDay: "2026-03-01"));
    }

    private static async Task<Outcome<PartnerAsked>> AskAsync(Scene scene, long step, string channel, string question = Question) =>
        await scene.World.The<AskPartner>().RunAsync(scene.Desk, step, new AskPartnerForm(question, await ChannelAsync(scene, channel)), null);

    private static Task<long> ChannelAsync(Scene scene, string kind) => scene.World.ScalarAsync<long>("SELECT id FROM partner_channel WHERE kind = @kind", new { kind });

    private static async Task<(string Token, string Code)> SentAsync(Scene scene)
    {
        var bodies = await scene.World.BodiesAsync();
        return (Link().Match(bodies[^2]).Groups[1].Value, Six().Match(bodies[^1]).Value);
    }

    [GeneratedRegex("/p/([A-Za-z0-9_-]+)", RegexOptions.None, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("[0-9]{6}", RegexOptions.None, 1000)]
    private static partial Regex Six();
}
