-- A rung that fired, and the people it reaches, until it stands in their lists (escalation): a step of a date costs one row
-- where it is fired, however many lists and orders it has to be found in afterwards. In the order of its key on both engines.
CREATE TABLE fired_rung (
    deadline_id bigint NOT NULL,
    step int NOT NULL,
    case_id bigint NOT NULL,
    at datetime2(3) NOT NULL,
    to_id bigint NOT NULL CONSTRAINT fk_fired_rung_to REFERENCES professional (id),
    also_to_id bigint NULL CONSTRAINT fk_fired_rung_also_to REFERENCES professional (id),
    CONSTRAINT pk_fired_rung PRIMARY KEY (deadline_id, step)
) {clustered};
