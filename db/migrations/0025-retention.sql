-- How long a case is kept after it was closed, and its destruction (Features/Retention): proposed by a job, approved by two
-- people, stopped by a legal hold, carried out by a job.

-- proposed_at: a destruction stands for this closing. destroyed_at: nothing about a person is left.
ALTER TABLE case_file ADD proposed_at datetime2(3) NULL;
ALTER TABLE case_file ADD destroyed_at datetime2(3) NULL;

CREATE INDEX ix_case_file_kept ON case_file (topic_code, closed_at, id) WHERE closed_at IS NOT NULL AND proposed_at IS NULL;

-- erased_at: the database file no longer holds what was destroyed either.
CREATE TABLE destruction (
    id bigint NOT NULL CONSTRAINT pk_destruction PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_destruction_case REFERENCES case_file (id),
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_destruction_organisation REFERENCES organisation (code),
    rule_id varchar(40) {bin} NOT NULL,
    due_on varchar(10) {bin} NOT NULL,
    proposed_at datetime2(3) NOT NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_destruction_state CHECK (state IN ('proposed', 'approved', 'destroying', 'destroyed', 'withdrawn')),
    first_by bigint NULL CONSTRAINT fk_destruction_first REFERENCES professional (id),
    first_at datetime2(3) NULL,
    second_by bigint NULL CONSTRAINT fk_destruction_second REFERENCES professional (id),
    second_at datetime2(3) NULL,
    destroyed_at datetime2(3) NULL,
    erased_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE INDEX ix_destruction_organisation ON destruction (organisation_code, state, due_on, id);
CREATE INDEX ix_destruction_case ON destruction (case_id, id);
CREATE INDEX ix_destruction_to_do ON destruction (state, id) WHERE state IN ('approved', 'destroying');
CREATE INDEX ix_destruction_to_erase ON destruction (destroyed_at, id) WHERE destroyed_at IS NOT NULL AND erased_at IS NULL;

-- The report: how many of what went, never what.
CREATE TABLE destruction_count (
    destruction_id bigint NOT NULL CONSTRAINT fk_destruction_count_destruction REFERENCES destruction (id),
    what varchar(30) {bin} NOT NULL,
    n int NOT NULL,
    CONSTRAINT pk_destruction_count PRIMARY KEY (destruction_id, what)
);

-- As long as one is not lifted the case stays.
CREATE TABLE legal_hold (
    id bigint NOT NULL CONSTRAINT pk_legal_hold PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_legal_hold_case REFERENCES case_file (id),
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_legal_hold_organisation REFERENCES organisation (code),
    reason nvarchar(300) NOT NULL,
    placed_by bigint NOT NULL CONSTRAINT fk_legal_hold_placed REFERENCES professional (id),
    placed_at datetime2(3) NOT NULL,
    lifted_by bigint NULL CONSTRAINT fk_legal_hold_lifted REFERENCES professional (id),
    lifted_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE UNIQUE INDEX ux_legal_hold_case ON legal_hold (case_id) WHERE lifted_at IS NULL;
CREATE INDEX ix_legal_hold_case ON legal_hold (case_id, id);
CREATE INDEX ix_legal_hold_organisation ON legal_hold (organisation_code, placed_at, id) WHERE lifted_at IS NULL;

-- Where destruction looks for what a case left.
CREATE INDEX ix_bottleneck_signal_case ON bottleneck_signal (case_id, bottleneck_id);
CREATE INDEX ix_outgoing_message_case ON outgoing_message (case_id, id);
CREATE INDEX ix_broken_glass_case ON broken_glass (case_id, id);
CREATE INDEX ix_proactive_person_case ON proactive_person (case_id, id);
