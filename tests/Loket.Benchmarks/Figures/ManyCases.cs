using System.Globalization;

namespace Loket.Benchmarks.Figures;

/// <summary>Open cases of people, each with a promise, its chain and its first entry, as rows; forty of them, spread over all, are one desk's.</summary>
internal static class ManyCases
{
    public const string Team = "gm0344-many";
    public const long Desk = 9002;
    public const long Specialist = 9003;
    public const int OfDesk = 40;

    public static readonly string[] Tables = ["case_file", "party", "deadline", "case_head", "journal"];

    /// <summary>The number of cases between two of the desk's own, which have the ids that it divides.</summary>
    public static int Step(int cases) => cases / OfDesk;

    public static string Rows(int cases, bool withJournal)
    {
        const string Moment = "strftime('%Y-%m-%d %H:%M:%S', 1767225600 + i * 2, 'unixepoch') || '.000'";
        var numbers = $"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cases})";
        var colleagues = $"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {Step(cases)})";
        // Everybody has as many as the desk: who they are is asked of nobody else's.
        var owner = string.Create(CultureInfo.InvariantCulture, $"CASE WHEN i % {Step(cases)} = 0 THEN {Desk} ELSE 100000 + i % {Step(cases)} END");
        var owing = string.Create(CultureInfo.InvariantCulture, $"CASE WHEN i % {Step(cases)} = 0 THEN {Specialist} ELSE 100000 + i % {Step(cases)} END");
        var journal = $"{numbers} INSERT INTO journal (shard, seq, case_id, n, kind, subject_id, at, payload, hash) SELECT i % 16, i, i, 1, 'case_opened', i, {Moment}, '{{}}', 'x' FROM n;";
        return $"""
            INSERT INTO team (code, organisation_code, name) VALUES ('{Team}', 'gm0344', 'Many');
            INSERT INTO professional (id, organisation_code, team_code, name, supervisor, front_office, specialist) VALUES ({Desk}, 'gm0344', '{Team}', 'Desk', 0, 1, 0), ({Specialist}, 'gm0344', '{Team}', 'Specialist', 0, 0, 1);
            {colleagues} INSERT INTO team (code, organisation_code, name) SELECT 'many-' || i, 'gm0344', 'Many' FROM n;
            {colleagues} INSERT INTO professional (id, organisation_code, team_code, name) SELECT 100000 + i, 'gm0344', 'many-' || (i / 20), 'Colleague' FROM n;
            INSERT INTO line_member (line_code, professional_id, tier, position) VALUES ('gm0344-debts', {Specialist}, 1, 0);
            INSERT INTO personal_value (id, case_id, organisation_code, value, salt) VALUES (1, 1, 'gm0344', 'Kan de huur niet betalen', 'x');
            BEGIN;
            {numbers} INSERT INTO party (id, kind) SELECT i, 'person' FROM n;
            {numbers} INSERT INTO case_file (id, number, party_id, organisation_code, title, question, title_id, question_id, topic_code, municipality_code, state, owner_id, owner_organisation, owner_team, opened_by, opened_at, next_due, version)
            SELECT i, 'Z-' || i, i, 'gm0344', '', '', 1, 1, 'debts', 'gm0518', 'open', {owner}, 'gm0344', CASE WHEN i % {Step(cases)} = 0 THEN '{Team}' ELSE 'many-' || (i % {Step(cases)} / 20) END, {Desk}, {Moment}, {Moment}, 1 FROM n;
            {numbers} INSERT INTO case_head (case_id, n, hash) SELECT i, 1, 'x' FROM n;
            {numbers} INSERT INTO deadline (id, subject_kind, subject_id, case_id, professional_id, starts_at, due_at, state, steps_fired, version)
            SELECT i, 'promise', i, i, {owing}, {Moment}, {Moment}, 'running', 3, 1 FROM n;
            {(withJournal ? journal : "")}
            COMMIT;
            """;
    }
}
