using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Loket.Domain;
using Loket.Domain.Chain;
using Loket.Domain.Parties;
using Loket.Domain.Representation;
using Loket.Web.Data;
using Loket.Web.Features.Handoffs;
using Loket.Web.Features.Representation;
using Loket.Web.Features.Shared;
using Loket.Web.Features.Steps;
using Loket.Web.Journal;
using Loket.Web.Security;

namespace Loket.Web.Features.Partners;

/// <param name="Letter">True when it goes by post: there is a letter to print, and no link.</param>
public sealed record PartnerAsked(string LinkId, string StepId, bool Letter, DateTime ExpiresAt);

/// <summary>What is asked, and over which channel of the register.</summary>
public sealed record AskPartnerForm(string? Question, long? Channel);

/// <summary>
/// Asks a partner outside government about one step: a link for that question alone, opened with a code that goes over
/// another channel, or a letter. Only channels of the register are used, never an address that was typed. The step stays
/// somebody's.
/// </summary>
public sealed class AskPartner(Db db, KeyRing keys, LoketAddress here, InDutch dutch, Outgoing outgoing)
{
    public const int LongestQuestion = 1000;
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(14);

    public Task<Outcome<PartnerAsked>> RunAsync(Actor actor, long stepId, AskPartnerForm form, string? key) =>
        db.WriteAsync<PartnerAsked>(Command.Of(actor.Id, "partner-ask", key, new { stepId, form }), unit =>
        {
            var (step, access) = StoredStep.Get(unit, actor, stepId);
            step.Move(unit, actor, access, StepAction.AskPartner);
            var channel = Channel(unit, step, form.Channel);
            var question = Checked(unit, step, form.Question);
            var represents = Represents(unit, step, channel);
            var id = unit.NewId();
            var expires = unit.Now + Lasts;
            var personal = PersonalValues.Add(unit, step.CaseId, actor.OrganisationCode, question);
            // A new question ends an earlier one that nobody answered: one link a step.
            Outgoing.WithdrawLink(unit, stepId);
            var link = channel.Kind == "post" ? null : Send(unit, actor, step, channel, id, expires, represents);
            unit.Execute(
                """
                INSERT INTO partner_link (id, step_id, case_id, channel_id, code_channel_id, token_hash, code_hash, question_id, sent_by, sent_at, expires_at, state, representation_id, version)
                VALUES (@id, @stepId, @CaseId, @channel, @codeChannel, @token, @code, @personal, @actor, @Now, @expires, 'sent', @represents, 1)
                """,
                new { id, stepId, step.CaseId, channel = channel.Id, codeChannel = link?.CodeChannel, token = link?.Token, code = link?.Code, personal, actor = actor.Id, unit.Now, expires, represents });
            step.Append(unit, "step_partner_asked", actor, new(What: $"channel:{channel.Kind}"), personal);
            return new PartnerAsked(StoredStep.Text(id), StoredStep.Text(stepId), link is null, expires);
        });

    /// <summary>What stands in the database of a token: nobody who reads it can make the link.</summary>
    internal static string TokenHash(KeyRing keys, string token) => keys.Token("partner-token", token);

    internal static string CodeHash(KeyRing keys, long linkId, string code) => keys.Token("partner-code", $"{linkId}:{code}");

    private Sent Send(Unit unit, Actor actor, StoredStep step, ChannelRow channel, long id, DateTime expires, long? represents)
    {
        var second = unit.Find<ChannelRow>(
            $"""
            SELECT id, kind, address FROM partner_channel
            WHERE partner_id = @PartnerId AND active = 1 AND kind IN ('email', 'sms') AND kind <> @Kind ORDER BY id {unit.Dialect.First(1)}
            """,
            new { step.PartnerId, channel.Kind }) ?? throw new RefusedException(new Refusal("partner-one-channel"));
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var until = Domain.Terms.AmsterdamTime.ToLocal(expires).ToString("d MMMM yyyy", InDutch.Culture);
        outgoing.Queue(unit, step.CaseId, actor.OrganisationCode, channel.Kind, channel.Address, dutch.Text("outgoing.link", actor.OrganisationName, $"{here.Url}/p/{token}", until), id, represents);
        outgoing.Queue(unit, step.CaseId, actor.OrganisationCode, second.Kind, second.Address, dutch.Text("outgoing.code", actor.OrganisationName, code), id, represents);
        return new Sent(second.Id, TokenHash(keys, token), CodeHash(keys, id, code));
    }

    // The partner who acts for the citizen is asked as such: only while that may be, and checked again when it goes out.
    private static long? Represents(Unit unit, StoredStep step, ChannelRow channel)
    {
        if (StoredAuthority.Find(unit, step.CaseId) is not { PartnerId: { } partner } authority || partner != step.PartnerId)
        {
            return null;
        }

        OnBehalf.Require(unit, step.CaseId, channel.Kind == "post" ? ActOnBehalf.Letter : ActOnBehalf.Link);
        return authority.Id;
    }

    private static ChannelRow Channel(Unit unit, StoredStep step, long? channel)
    {
        if (step.PartnerId is null)
        {
            throw new RefusedException(new Refusal("step-not-partner"));
        }

        return unit.Find<ChannelRow>(
            "SELECT id, kind, address FROM partner_channel WHERE id = @channel AND partner_id = @PartnerId AND active = 1", new { channel, step.PartnerId })
            ?? throw new RefusedException(new Refusal("partner-channel-missing"));
    }

    // No rule gives a partner an identity: the question names nobody, and the partner's own reference says which file it is.
    private static string Checked(Unit unit, StoredStep step, string? question)
    {
        if (string.IsNullOrWhiteSpace(question))
        {
            throw new RefusedException(new Refusal("partner-question-missing"));
        }

        var no = FreeText.Check(LongestQuestion, question)
            ?? (RequestHandoff.Inspect(unit, step.CaseId, RequestHandoff.Read(question)).Marks.Any(m => m.Kind != MarkKind.Number) ? new Refusal("partner-question-names") : null);
        return no is null ? question.Trim() : throw new RefusedException(no);
    }

    private sealed record Sent(long CodeChannel, string Token, string Code);

    private sealed class ChannelRow
    {
        public long Id { get; init; }

        public string Kind { get; init; } = "";

        public string Address { get; init; } = "";
    }
}
