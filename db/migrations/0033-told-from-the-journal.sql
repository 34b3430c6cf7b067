-- Rungs that fired are told from the journal itself (Features/Chain/TellRungs), from here on: at the first one that stands in
-- no list yet, else at the end. fired_rung is written by nobody any more but a node of before, until that one is gone.
INSERT INTO consumer_cursor (name, shard, seq)
SELECT 'tell-rungs', s.shard, COALESCE(
    (SELECT MIN(j.seq) - 1 FROM fired_rung f JOIN journal j ON j.case_id = f.case_id AND j.kind = 'escalation_raised' AND j.subject_id = f.deadline_id AND j.at = f.at WHERE j.shard = s.shard),
    s.last_seq)
FROM journal_shard s;
