namespace Loket.Web.Tests.Data;

/// <summary>How the few cases of the query plan tests become thousands.</summary>
public sealed partial class QueryPlanTests
{
    private sealed partial class Scene
    {
        // The same cases many times over: their own rows get new ids, people and lines stay who they are.
        private async Task CopyAsync()
        {
            string[] tables =
            [
                "personal_value", "party", "case_file", "case_participant", "case_head", "journal", "fact", "handoff", "handoff_line", "handoff_fact", "disclosure", "fact_correction", "fact_notice",
                "offer", "message", "callback", "promise", "ownership_request", "deadline", "escalation", "board_case", "board_entry",
                "chain_step", "chain_step_need", "chain_step_suspension", "step_request", "partner_link", "outgoing_message", "forwarding",
            ];
            string[] own = ["id", "case_id", "party_id", "handoff_id", "fact_id", "personal_id", "subject_id", "deadline_id", "outcome_id", "step_id", "needs_step_id", "asked_id", "question_id", "answer_id", "title_id", "name_id", "was_id", "why_id", "correction_id", "partner_link_id"];
            foreach (var table in tables)
            {
                var columns = await World.QueryAsync<string>($"SELECT name FROM pragma_table_info('{table}')");
                var values = columns.ConvertAll(c => c == "number" ? "id + @shift" : c == "seq" ? "seq + @place" : c == "token_hash" ? "token_hash || '-' || @shift" : c == "is_sealed" ? "0" : own.Contains(c) ? $"{c} + @shift" : c);
                var filter = table == "offer" ? " WHERE state <> 'pending'" : "";
                await World.Db.WriteAsync<int>(unit =>
                {
                    for (var copy = 1L; copy <= Copies; copy++)
                    {
                        unit.Execute(
                            $"INSERT INTO {table} ({string.Join(", ", columns)}) SELECT {string.Join(", ", values)} FROM {table}{filter}{(filter.Length > 0 ? " AND" : " WHERE")} {Original(table)}",
                            new { shift = copy * 1_000_000_000L, place = copy * 1_000_000L, last = World.Db.NewId() });
                    }

                    return 1;
                });
            }
        }

        // Only rows of the first filling are copied, never a copy.
        private static string Original(string table) => table switch
        {
            "case_participant" or "case_head" or "journal" or "board_case" or "board_entry" => "case_id <= @last",
            "handoff_line" or "handoff_fact" => "handoff_id <= @last",
            "chain_step_need" or "chain_step_suspension" => "step_id <= @last",
            _ => "id <= @last",
        };
    }
}
