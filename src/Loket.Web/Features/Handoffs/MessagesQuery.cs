using Loket.Domain.Handoffs;
using Loket.Web.Data;
using Loket.Web.Features.Shared;
using Loket.Web.Security;

namespace Loket.Web.Features.Handoffs;

/// <summary>Who is in a talk and what was said there, for one of its people.</summary>
public static class MessagesQuery
{
    public static async Task<MessagesView> LoadAsync(Reader r, Say say, Actor actor, StoredHandoff handoff, FormState form)
    {
        var talk = await Talk.OfAsync(r, handoff);
        var goesOn = talk.Handoffs.Any(h => h.HandoffState is HandoffState.Accepted or HandoffState.Connected or HandoffState.Wrapping);
        var mayWrite = talk.MayWrite(actor.Id);
        var rows = await MessageRows.LoadAsync(r, talk, actor.Id);
        return new MessagesView
        {
            HandoffId = handoff.Id, CaseId = handoff.CaseId, Mode = handoff.TalkId is null ? handoff.Mode : "joined", State = handoff.State,
            MayWrite = mayWrite, ReadsAlong = goesOn && !mayWrite && handoff.SenderId == actor.Id,
            Participants = await ParticipantsAsync(r, say, actor, talk),
            Messages = [.. rows.Select(m => Shown(m, actor)).Concat(await EventsAsync(r, actor, talk)).OrderBy(m => m.At).ThenBy(m => m.Id)],
            Form = form,
        };
    }

    private static MessageRow Shown(SaidRow m, Actor actor) => new()
    {
        Id = m.Id, At = m.At, AuthorName = m.AuthorName, AuthorOrganisation = m.AuthorOrganisation, IsYou = m.AuthorId == actor.Id, Text = m.Text ?? "", IsEarlier = m.IsEarlier,
    };

    // What leaves the talk and becomes a row stands in the talk too, so that everyone there sees it was recorded.
    private static async Task<IEnumerable<MessageRow>> EventsAsync(Reader r, Actor actor, Talk talk)
    {
        var took = talk.Handoffs.Where(h => h is { AcceptedAt: not null, SpecialistId: not null }).ToList();
        var names = (await r.QueryAsync<NameRow>("SELECT id, name FROM professional WHERE id IN @ids", new { ids = took.Select(h => h.SpecialistId).ToArray() })).ToDictionary(n => n.Id, n => n.Name);
        var events = new List<MessageRow>();
        foreach (var handoff in took)
        {
            var name = names[handoff.SpecialistId!.Value];
            events.Add(new MessageRow { Id = 0, At = handoff.AcceptedAt!.Value, Event = "handoff_accepted", Args = [name] });
            if (handoff is { ConnectedAt: { } connected, CitizenTaken: { } how })
            {
                events.Add(new MessageRow { Id = 1, At = connected, Event = "citizen_confirmed", Args = [name, $"taken:{how}"] });
            }
        }

        var finished = took.FindAll(h => h.Outcome is not null);
        if (finished.Count > 0)
        {
            var when = await r.QueryAsync<FinishedRow>(
                "SELECT j.subject_id AS handoff_id, j.at FROM journal j WHERE j.case_id = @CaseId AND j.kind = 'handoff_finished' AND j.subject_id IN @ids",
                new { talk.First.CaseId, ids = finished.ConvertAll(h => h.Id) });
            events.AddRange(when.Where(row => talk.Hears(actor.Id, row.At)).Select(row => (row.At, Handoff: finished.First(h => h.Id == row.HandoffId)))
                .Select(f => new MessageRow { Id = 2, At = f.At, Event = "talk_finished", Args = [names[f.Handoff.SpecialistId!.Value], $"outcome:{f.Handoff.Outcome}"] }));
        }

        var promises = await r.QueryAsync<PromiseRow>(
            "SELECT q.id, q.state, q.made_at AS due_at, v.value AS text, w.name AS who_name FROM promise q JOIN personal_value v ON v.id = q.personal_id JOIN professional w ON w.id = q.made_by WHERE q.handoff_id IN @handoffs AND q.case_id = @CaseId",
            new { handoffs = talk.Handoffs.Select(h => h.Id).ToArray(), talk.First.CaseId });
        events.AddRange(promises.Where(p => talk.Hears(actor.Id, p.DueAt)).Select(p => new MessageRow { Id = p.Id, At = p.DueAt, Event = p.State == "open" ? "promise_recorded" : $"promise_{p.State}", Args = [p.Text, p.WhoName] }));
        var answers = await r.QueryAsync<OwnershipAnswered>(
            """
            SELECT q.id, q.answered_at, q.state, w.name FROM ownership_request q JOIN professional w ON w.id = q.to_id
            WHERE q.case_id = @CaseId AND q.state IN ('accepted', 'refused') AND q.answered_at >= @since AND q.to_id IN @people
            """,
            new { talk.First.CaseId, since = took.Min(h => h.AcceptedAt), people = talk.Handoffs.Select(h => h.SpecialistId ?? 0).Prepend(talk.First.SenderId).ToArray() });
        events.AddRange(answers.Where(a => talk.Hears(actor.Id, a.AnsweredAt))
            .Select(a => new MessageRow { Id = a.Id, At = a.AnsweredAt, Event = $"ownership_{a.State}", Args = [a.Name, ""] }));
        return events;
    }

    // The first sender, then the specialist of each line in the order in which the lines were asked, and a line that still rings.
    private static async Task<IReadOnlyList<Participant>> ParticipantsAsync(Reader r, Say say, Actor actor, Talk talk)
    {
        var people = (await r.QueryAsync<Person>(
            """
            SELECT w.id, w.name, o.display_name AS organisation, p.state FROM professional w JOIN organisation o ON o.code = w.organisation_code
            LEFT JOIN presence p ON p.professional_id = w.id WHERE w.id IN @ids
            """,
            new { ids = talk.Handoffs.Select(h => h.SpecialistId ?? 0).Prepend(talk.First.SenderId).ToArray() })).ToDictionary(p => p.Id);
        var ringing = await r.QueryAsync<string>(
            "SELECT l.line_code FROM handoff h JOIN handoff_line l ON l.handoff_id = h.id AND l.position = h.route_position WHERE h.id IN @ringing",
            new { ringing = talk.Ringing.Select(h => h.Id).ToArray() });
        var lines = await LineNames.OfAsync(r, say, [.. talk.Handoffs.Select(h => h.LineCode).OfType<string>().Concat(ringing).Distinct()]);
        var sender = people[talk.First.SenderId];
        var shown = new List<Participant> { Of(sender, actor, "sender", null, talk.First.SenderReleasedAt is null ? "here" : "left") };
        shown.AddRange(talk.Handoffs.Where(h => h.SpecialistId is not null && h.SpecialistId != sender.Id).GroupBy(h => h.SpecialistId!.Value).Select(g =>
        {
            // Who came twice is there once, as they are there now.
            var now = g.Last();
            var (person, left) = (people[g.Key], !HandoffRules.IsLive(now.HandoffState) && now.HandoffState != HandoffState.Wrapping);
            return Of(person, actor, "specialist", lines.GetValueOrDefault(now.LineCode ?? ""), left ? "left" : person.State == "offline" ? "away" : "here");
        }));
        return [.. shown, .. ringing.Select(line => new Participant { Name = lines[line], Part = "line", State = "asked" })];
    }

    private static Participant Of(Person p, Actor actor, string part, string? line, string state) =>
        new() { Name = p.Name, OrganisationName = p.Organisation, LineName = line, IsYou = p.Id == actor.Id, Part = part, State = state };

    private sealed class NameRow
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";
    }

    private sealed class FinishedRow
    {
        public long HandoffId { get; init; }

        public DateTime At { get; init; }
    }

    private sealed class Person
    {
        public long Id { get; init; }

        public string Name { get; init; } = "";

        public string Organisation { get; init; } = "";

        public string? State { get; init; }
    }

    private sealed class OwnershipAnswered
    {
        public long Id { get; init; }

        public DateTime AnsweredAt { get; init; }

        public string State { get; init; } = "";

        public string Name { get; init; } = "";
    }
}
