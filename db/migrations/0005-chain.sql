-- Chain responsibility: who owns the chain, what was promised, and which date chases whom.

CREATE TABLE ownership_request (
    id bigint NOT NULL CONSTRAINT pk_ownership_request PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_ownership_request_case REFERENCES case_file (id),
    from_id bigint NOT NULL,
    to_id bigint NOT NULL CONSTRAINT fk_ownership_request_to REFERENCES professional (id),
    asked_by bigint NOT NULL,
    asked_at datetime2(3) NOT NULL,
    due_at datetime2(3) NOT NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_ownership_request_state CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn')),
    reason nvarchar(300) NULL,
    answered_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE UNIQUE INDEX ux_ownership_request_open ON ownership_request (case_id) WHERE state = 'asked';
CREATE INDEX ix_ownership_request_case ON ownership_request (case_id, state, id);
CREATE INDEX ix_ownership_request_to ON ownership_request (to_id, state, due_at, id);

CREATE TABLE promise (
    id bigint NOT NULL CONSTRAINT pk_promise PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_promise_case REFERENCES case_file (id),
    handoff_id bigint NULL,
    personal_id bigint NOT NULL CONSTRAINT fk_promise_personal REFERENCES personal_value (id),
    professional_id bigint NOT NULL CONSTRAINT fk_promise_professional REFERENCES professional (id),
    organisation_code varchar(20) {bin} NOT NULL,
    made_by bigint NOT NULL,
    made_at datetime2(3) NOT NULL,
    due_at datetime2(3) NOT NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_promise_state CHECK (state IN ('open', 'kept', 'withdrawn')),
    ended_at datetime2(3) NULL,
    end_reason nvarchar(300) NULL,
    version int NOT NULL
);

CREATE INDEX ix_promise_case ON promise (case_id, due_at, id);
CREATE INDEX ix_promise_professional ON promise (professional_id, state, due_at, id);

-- One running deadline for every open obligation: handoff, callback, promise, ownership request, step. The kinds are named
-- in Features/Chain/Deadlines: a CHECK on them could never be widened.
CREATE TABLE deadline (
    id bigint NOT NULL CONSTRAINT pk_deadline PRIMARY KEY,
    subject_kind varchar(12) {bin} NOT NULL,
    subject_id bigint NOT NULL,
    case_id bigint NOT NULL,
    professional_id bigint NOT NULL,
    starts_at datetime2(3) NOT NULL,
    due_at datetime2(3) NOT NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_deadline_state CHECK (state IN ('running', 'suspended', 'met', 'withdrawn')),
    steps_fired int NOT NULL DEFAULT 0,
    next_at datetime2(3) NULL,
    ended_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE UNIQUE INDEX ux_deadline_running ON deadline (subject_kind, subject_id) WHERE state = 'running';
CREATE INDEX ix_deadline_next ON deadline (next_at, id) WHERE state = 'running';
CREATE INDEX ix_deadline_case ON deadline (case_id, state, due_at);
CREATE INDEX ix_deadline_subject ON deadline (subject_kind, subject_id);
CREATE INDEX ix_deadline_professional ON deadline (professional_id, state, due_at);

CREATE TABLE escalation (
    id bigint NOT NULL CONSTRAINT pk_escalation PRIMARY KEY,
    deadline_id bigint NOT NULL CONSTRAINT fk_escalation_deadline REFERENCES deadline (id),
    case_id bigint NOT NULL,
    step int NOT NULL,
    to_id bigint NOT NULL CONSTRAINT fk_escalation_to REFERENCES professional (id),
    raised_at datetime2(3) NOT NULL,
    acknowledged_by bigint NULL,
    acknowledged_at datetime2(3) NULL,
    CONSTRAINT uq_escalation_step UNIQUE (deadline_id, step, to_id)
);

CREATE INDEX ix_escalation_to ON escalation (to_id, raised_at, id);
CREATE INDEX ix_escalation_case ON escalation (case_id, id);
