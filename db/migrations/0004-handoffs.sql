-- A live handoff: its route, its offers, its conversation, and the callback when nobody could come.

CREATE TABLE handoff (
    id bigint NOT NULL CONSTRAINT pk_handoff PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_handoff_case REFERENCES case_file (id),
    mode varchar(8) {bin} NOT NULL CONSTRAINT ck_handoff_mode CHECK (mode IN ('consult', 'warm', 'cold')),
    citizen_at varchar(8) {bin} NOT NULL CONSTRAINT ck_handoff_citizen CHECK (citizen_at IN ('desk', 'phone', 'absent')),
    urgent int NOT NULL DEFAULT 0,
    topic_code varchar(40) {bin} NOT NULL,
    municipality_code varchar(20) {bin} NULL,
    sharing_rule varchar(60) {bin} NULL,
    line_question nvarchar(1000) NOT NULL,
    state varchar(20) {bin} NOT NULL CONSTRAINT ck_handoff_state CHECK (state IN ('draft', 'queued', 'offered', 'accepted', 'connected', 'wrapping', 'closed', 'callback_scheduled', 'attempting', 'fulfilled', 'failed', 'escalated', 'withdrawn', 'citizen_left')),
    sender_id bigint NOT NULL CONSTRAINT fk_handoff_sender REFERENCES professional (id),
    sender_organisation varchar(20) {bin} NOT NULL,
    round int NOT NULL,
    route_position int NOT NULL,
    queued_at datetime2(3) NOT NULL,
    live_until datetime2(3) NULL,
    specialist_id bigint NULL,
    line_code varchar(60) {bin} NULL,
    accepted_at datetime2(3) NULL,
    connected_at datetime2(3) NULL,
    citizen_taken varchar(12) {bin} NULL,
    sender_released_at datetime2(3) NULL,
    outcome varchar(12) {bin} NULL,
    outcome_id bigint NULL,
    wrap_until datetime2(3) NULL,
    closed_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE INDEX ix_handoff_case ON handoff (case_id, id);
CREATE INDEX ix_handoff_queued ON handoff (state, queued_at, id) WHERE state IN ('queued', 'offered');
CREATE INDEX ix_handoff_live ON handoff (live_until, id) WHERE live_until IS NOT NULL;
CREATE INDEX ix_handoff_wrap ON handoff (wrap_until, id) WHERE wrap_until IS NOT NULL;
CREATE INDEX ix_handoff_specialist ON handoff (specialist_id, state, id) WHERE specialist_id IS NOT NULL;
CREATE INDEX ix_handoff_line_code ON handoff (line_code, id) WHERE line_code IS NOT NULL;
CREATE INDEX ix_handoff_sender ON handoff (sender_id, state, id);

CREATE TABLE handoff_line (
    handoff_id bigint NOT NULL CONSTRAINT fk_handoff_line_handoff REFERENCES handoff (id),
    position int NOT NULL,
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_handoff_line_line REFERENCES line (code),
    reason varchar(30) {bin} NOT NULL,
    CONSTRAINT pk_handoff_line PRIMARY KEY (handoff_id, position)
);

CREATE INDEX ix_handoff_line_line ON handoff_line (line_code, handoff_id);

-- The facts the sender chose to give along; each becomes a disclosure to the line that accepts.
CREATE TABLE handoff_fact (
    handoff_id bigint NOT NULL CONSTRAINT fk_handoff_fact_handoff REFERENCES handoff (id),
    fact_id bigint NOT NULL CONSTRAINT fk_handoff_fact_fact REFERENCES fact (id),
    CONSTRAINT pk_handoff_fact PRIMARY KEY (handoff_id, fact_id)
);

CREATE TABLE offer (
    id bigint NOT NULL CONSTRAINT pk_offer PRIMARY KEY,
    handoff_id bigint NOT NULL CONSTRAINT fk_offer_handoff REFERENCES handoff (id),
    round int NOT NULL,
    line_code varchar(60) {bin} NOT NULL,
    professional_id bigint NOT NULL CONSTRAINT fk_offer_professional REFERENCES professional (id),
    ring_all int NOT NULL DEFAULT 0,
    why varchar(30) {bin} NOT NULL,
    why_count int NOT NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_offer_state CHECK (state IN ('pending', 'accepted', 'declined', 'timed_out', 'cancelled', 'rescinded')),
    offered_at datetime2(3) NOT NULL,
    expires_at datetime2(3) NOT NULL,
    extended int NOT NULL DEFAULT 0,
    decided_at datetime2(3) NULL,
    decline_reason varchar(24) {bin} NULL,
    decline_text nvarchar(300) NULL,
    suggested_line varchar(60) {bin} NULL,
    version int NOT NULL
);

CREATE INDEX ix_offer_handoff ON offer (handoff_id, round, id);
CREATE INDEX ix_offer_pending ON offer (expires_at, id) WHERE state = 'pending';
CREATE UNIQUE INDEX ux_offer_person ON offer (professional_id) WHERE state = 'pending';
CREATE UNIQUE INDEX ux_offer_accepted ON offer (handoff_id, round) WHERE state = 'accepted';

CREATE TABLE message (
    id bigint NOT NULL CONSTRAINT pk_message PRIMARY KEY,
    handoff_id bigint NOT NULL CONSTRAINT fk_message_handoff REFERENCES handoff (id),
    case_id bigint NOT NULL,
    author_id bigint NOT NULL,
    personal_id bigint NOT NULL CONSTRAINT fk_message_personal REFERENCES personal_value (id),
    at datetime2(3) NOT NULL
);

CREATE INDEX ix_message_handoff ON message (handoff_id, id);

CREATE TABLE callback (
    id bigint NOT NULL CONSTRAINT pk_callback PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_callback_case REFERENCES case_file (id),
    handoff_id bigint NOT NULL CONSTRAINT fk_callback_handoff REFERENCES handoff (id),
    line_code varchar(60) {bin} NULL,
    organisation_code varchar(20) {bin} NOT NULL,
    professional_id bigint NOT NULL CONSTRAINT fk_callback_professional REFERENCES professional (id),
    from_at datetime2(3) NOT NULL,
    until_at datetime2(3) NOT NULL,
    attempts int NOT NULL,
    max_attempts int NOT NULL,
    state varchar(12) {bin} NOT NULL CONSTRAINT ck_callback_state CHECK (state IN ('scheduled', 'attempting', 'fulfilled', 'failed', 'withdrawn')),
    version int NOT NULL,
    CONSTRAINT uq_callback_handoff UNIQUE (handoff_id, id)
);

CREATE INDEX ix_callback_professional ON callback (professional_id, state, from_at, id);
CREATE INDEX ix_callback_case ON callback (case_id, id);

CREATE TABLE callback_attempt (
    callback_id bigint NOT NULL CONSTRAINT fk_callback_attempt_callback REFERENCES callback (id),
    n int NOT NULL,
    at datetime2(3) NOT NULL,
    professional_id bigint NOT NULL,
    result varchar(12) {bin} NOT NULL CONSTRAINT ck_callback_attempt_result CHECK (result IN ('reached', 'no_answer')),
    personal_id bigint NULL,
    CONSTRAINT pk_callback_attempt PRIMARY KEY (callback_id, n)
);
