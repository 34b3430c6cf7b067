-- What has to happen in a chain: steps, who is asked for them, partners outside government, and what was forwarded.

-- A non-government partner: bank, landlord, insurer, energy company. Only checked channels are ever used.
CREATE TABLE partner (
    id bigint NOT NULL CONSTRAINT pk_partner PRIMARY KEY,
    kind varchar(20) {bin} NOT NULL CONSTRAINT ck_partner_kind CHECK (kind IN ('bank', 'landlord', 'insurer', 'energy', 'health', 'employer', 'debt', 'other')),
    name nvarchar(120) NOT NULL,
    sort_name nvarchar(120) NOT NULL,
    active int NOT NULL DEFAULT 1
);

CREATE INDEX ix_partner_name ON partner (active, sort_name, id);

CREATE TABLE partner_channel (
    id bigint NOT NULL CONSTRAINT pk_partner_channel PRIMARY KEY,
    partner_id bigint NOT NULL CONSTRAINT fk_partner_channel_partner REFERENCES partner (id),
    kind varchar(8) {bin} NOT NULL CONSTRAINT ck_partner_channel_kind CHECK (kind IN ('email', 'sms', 'post')),
    address nvarchar(300) NOT NULL,
    checked_on varchar(10) {bin} NOT NULL,
    checked_by nvarchar(120) NOT NULL,
    active int NOT NULL DEFAULT 1
);

CREATE INDEX ix_partner_channel_partner ON partner_channel (partner_id, active, kind, id);

-- One step of a chain. professional_id answers for it here and now: who accepted it (accepted_at), else the chain owner.
CREATE TABLE chain_step (
    id bigint NOT NULL CONSTRAINT pk_chain_step PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_chain_step_case REFERENCES case_file (id),
    position int NOT NULL,
    title nvarchar(120) NOT NULL,
    product_code varchar(80) {bin} NULL,
    organisation_code varchar(20) {bin} NULL CONSTRAINT fk_chain_step_organisation REFERENCES organisation (code),
    partner_id bigint NULL CONSTRAINT fk_chain_step_partner REFERENCES partner (id),
    professional_id bigint NOT NULL CONSTRAINT fk_chain_step_professional REFERENCES professional (id),
    accepted_at datetime2(3) NULL,
    state varchar(12) {bin} NOT NULL CONSTRAINT ck_chain_step_state CHECK (state IN ('open', 'in_progress', 'waiting', 'suspended', 'done', 'cancelled')),
    term_start varchar(10) {bin} NULL,
    term varchar(12) {bin} NULL,
    basis varchar(8) {bin} NULL CONSTRAINT ck_chain_step_basis CHECK (basis IN ('act', 'bylaw', 'service')),
    article nvarchar(120) NULL,
    article_verified int NOT NULL DEFAULT 0,
    due_at datetime2(3) NOT NULL,
    asked_id bigint NULL CONSTRAINT fk_chain_step_asked REFERENCES personal_value (id),
    asked_until varchar(10) {bin} NULL,
    life_event varchar(40) {bin} NULL,
    template_version int NULL,
    template_step varchar(40) {bin} NULL,
    added_by bigint NOT NULL,
    added_at datetime2(3) NOT NULL,
    started_at datetime2(3) NULL,
    ended_at datetime2(3) NULL,
    end_reason nvarchar(300) NULL,
    version int NOT NULL,
    CONSTRAINT ck_chain_step_who CHECK ((organisation_code IS NULL AND partner_id IS NOT NULL) OR (organisation_code IS NOT NULL AND partner_id IS NULL))
);

CREATE INDEX ix_chain_step_case ON chain_step (case_id, position, id);
CREATE INDEX ix_chain_step_professional ON chain_step (professional_id, state, due_at, id);

CREATE TABLE chain_step_need (
    step_id bigint NOT NULL CONSTRAINT fk_chain_step_need_step REFERENCES chain_step (id),
    needs_step_id bigint NOT NULL CONSTRAINT fk_chain_step_need_needs REFERENCES chain_step (id),
    CONSTRAINT pk_chain_step_need PRIMARY KEY (step_id, needs_step_id)
);

CREATE INDEX ix_chain_step_need_needs ON chain_step_need (needs_step_id, step_id);

-- Days that do not count: from_day up to, not including, until_day; null while it lasts.
CREATE TABLE chain_step_suspension (
    step_id bigint NOT NULL CONSTRAINT fk_chain_step_suspension_step REFERENCES chain_step (id),
    n int NOT NULL,
    from_day varchar(10) {bin} NOT NULL,
    until_day varchar(10) {bin} NULL,
    kind varchar(20) {bin} NOT NULL CONSTRAINT ck_chain_step_suspension_kind CHECK (kind IN ('completion', 'foreign_information', 'consent', 'applicant_delay', 'force_majeure')),
    CONSTRAINT pk_chain_step_suspension PRIMARY KEY (step_id, n)
);

-- A step asked of a line of an organisation, or of a named colleague. to_id is whom the unanswered question chases.
CREATE TABLE step_request (
    id bigint NOT NULL CONSTRAINT pk_step_request PRIMARY KEY,
    step_id bigint NOT NULL CONSTRAINT fk_step_request_step REFERENCES chain_step (id),
    case_id bigint NOT NULL CONSTRAINT fk_step_request_case REFERENCES case_file (id),
    line_code varchar(60) {bin} NULL CONSTRAINT fk_step_request_line REFERENCES line (code),
    to_id bigint NOT NULL CONSTRAINT fk_step_request_to REFERENCES professional (id),
    asked_by bigint NOT NULL,
    asked_at datetime2(3) NOT NULL,
    due_at datetime2(3) NOT NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_step_request_state CHECK (state IN ('asked', 'accepted', 'refused', 'withdrawn')),
    answered_by bigint NULL,
    answered_at datetime2(3) NULL,
    reason nvarchar(300) NULL,
    version int NOT NULL
);

CREATE UNIQUE INDEX ux_step_request_open ON step_request (step_id) WHERE state = 'asked';
CREATE INDEX ix_step_request_step ON step_request (step_id, id);
CREATE INDEX ix_step_request_case ON step_request (case_id, state, id);
CREATE INDEX ix_step_request_to ON step_request (to_id, state, due_at, id);
CREATE INDEX ix_step_request_line ON step_request (line_code, due_at, id) WHERE state = 'asked';

-- A question to a partner by a one-purpose link. Token and code are stored as keyed hashes only.
CREATE TABLE partner_link (
    id bigint NOT NULL CONSTRAINT pk_partner_link PRIMARY KEY,
    step_id bigint NOT NULL CONSTRAINT fk_partner_link_step REFERENCES chain_step (id),
    case_id bigint NOT NULL CONSTRAINT fk_partner_link_case REFERENCES case_file (id),
    channel_id bigint NOT NULL CONSTRAINT fk_partner_link_channel REFERENCES partner_channel (id),
    code_channel_id bigint NULL CONSTRAINT fk_partner_link_code_channel REFERENCES partner_channel (id),
    token_hash varchar(44) {bin} NULL,
    code_hash varchar(44) {bin} NULL,
    question_id bigint NOT NULL CONSTRAINT fk_partner_link_question REFERENCES personal_value (id),
    sent_by bigint NOT NULL,
    sent_at datetime2(3) NOT NULL,
    expires_at datetime2(3) NOT NULL,
    tries int NOT NULL DEFAULT 0,
    opened_at datetime2(3) NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_partner_link_state CHECK (state IN ('sent', 'answered', 'locked', 'withdrawn')),
    answer varchar(12) {bin} NULL CONSTRAINT ck_partner_link_answer CHECK (answer IN ('done', 'needs_time', 'not_ours')),
    answer_id bigint NULL CONSTRAINT fk_partner_link_answer REFERENCES personal_value (id),
    answered_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE UNIQUE INDEX ux_partner_link_token ON partner_link (token_hash) WHERE token_hash IS NOT NULL;
CREATE INDEX ix_partner_link_step ON partner_link (step_id, id);
CREATE INDEX ix_partner_link_case ON partner_link (case_id, id);

-- What leaves Loket: written in the transaction that wants it sent; a sender takes it from here and empties the body.
CREATE TABLE outgoing_message (
    id bigint NOT NULL CONSTRAINT pk_outgoing_message PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_outgoing_message_case REFERENCES case_file (id),
    kind varchar(8) {bin} NOT NULL,
    address nvarchar(300) NOT NULL,
    body {text} NOT NULL,
    queued_at datetime2(3) NOT NULL,
    sent_at datetime2(3) NULL
);

CREATE INDEX ix_outgoing_message_queued ON outgoing_message (queued_at, id);

-- Duty to forward (Awb 2:3): what was not for us, where it went, and when its sender was told.
CREATE TABLE forwarding (
    id bigint NOT NULL CONSTRAINT pk_forwarding PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_forwarding_case REFERENCES case_file (id),
    handoff_id bigint NULL,
    step_id bigint NULL CONSTRAINT fk_forwarding_step REFERENCES chain_step (id),
    from_organisation varchar(20) {bin} NOT NULL CONSTRAINT fk_forwarding_from REFERENCES organisation (code),
    to_organisation varchar(20) {bin} NOT NULL CONSTRAINT fk_forwarding_to REFERENCES organisation (code),
    to_line varchar(60) {bin} NULL,
    received_on varchar(10) {bin} NOT NULL,
    forwarded_by bigint NOT NULL,
    forwarded_at datetime2(3) NOT NULL,
    told varchar(10) {bin} NOT NULL CONSTRAINT ck_forwarding_told CHECK (told IN ('colleague', 'desk', 'phone', 'letter')),
    told_at datetime2(3) NOT NULL
);

CREATE INDEX ix_forwarding_case ON forwarding (case_id, id);
