-- The shared case, the person or business it is about, and who takes part.

CREATE TABLE party (
    id bigint NOT NULL CONSTRAINT pk_party PRIMARY KEY,
    kind varchar(10) {bin} NOT NULL CONSTRAINT ck_party_kind CHECK (kind IN ('person', 'business', 'none')),
    name nvarchar(200) NULL,
    birth_date varchar(10) {bin} NULL,
    number_kind varchar(8) {bin} NULL,
    number_sealed varchar(200) {bin} NULL,
    number_index varchar(44) {bin} NULL,
    number_tail varchar(3) {bin} NULL
);

CREATE INDEX ix_party_number ON party (number_index, id) WHERE number_index IS NOT NULL;

CREATE TABLE case_file (
    id bigint NOT NULL CONSTRAINT pk_case_file PRIMARY KEY,
    number varchar(20) {bin} NOT NULL CONSTRAINT uq_case_file_number UNIQUE,
    party_id bigint NOT NULL CONSTRAINT fk_case_file_party REFERENCES party (id),
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_case_file_organisation REFERENCES organisation (code),
    title nvarchar(120) NOT NULL,
    question nvarchar(2000) NOT NULL,
    topic_code varchar(40) {bin} NOT NULL CONSTRAINT fk_case_file_topic REFERENCES topic (code),
    municipality_code varchar(20) {bin} NULL CONSTRAINT fk_case_file_municipality REFERENCES organisation (code),
    life_event varchar(40) {bin} NULL,
    identity_method varchar(20) {bin} NOT NULL DEFAULT 'not_established',
    state varchar(8) {bin} NOT NULL CONSTRAINT ck_case_file_state CHECK (state IN ('open', 'closed')),
    owner_id bigint NOT NULL CONSTRAINT fk_case_file_owner REFERENCES professional (id),
    owner_organisation varchar(20) {bin} NOT NULL,
    owner_team varchar(60) {bin} NOT NULL,
    owned_by_office int NOT NULL DEFAULT 0,
    opened_by bigint NOT NULL,
    opened_at datetime2(3) NOT NULL,
    closed_at datetime2(3) NULL,
    next_due datetime2(3) NULL,
    version int NOT NULL
);

CREATE INDEX ix_case_file_owner ON case_file (owner_id, state, next_due, id);
CREATE INDEX ix_case_file_team ON case_file (owner_team, state, next_due, id);
CREATE INDEX ix_case_file_party ON case_file (party_id, state, id);

CREATE TABLE case_participant (
    case_id bigint NOT NULL CONSTRAINT fk_case_participant_case REFERENCES case_file (id),
    professional_id bigint NOT NULL CONSTRAINT fk_case_participant_professional REFERENCES professional (id),
    organisation_code varchar(20) {bin} NOT NULL,
    line_code varchar(60) {bin} NULL,
    part varchar(12) {bin} NOT NULL CONSTRAINT ck_case_participant_part CHECK (part IN ('owner', 'sender', 'specialist')),
    since datetime2(3) NOT NULL,
    until datetime2(3) NULL,
    CONSTRAINT pk_case_participant PRIMARY KEY (case_id, professional_id)
);

CREATE INDEX ix_case_participant_professional ON case_participant (professional_id, until, case_id);
CREATE INDEX ix_case_participant_line ON case_participant (line_code, until, case_id);

CREATE TABLE fact (
    id bigint NOT NULL CONSTRAINT pk_fact PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_fact_case REFERENCES case_file (id),
    kind varchar(30) {bin} NOT NULL,
    label nvarchar(120) NOT NULL,
    personal_id bigint NOT NULL CONSTRAINT fk_fact_personal REFERENCES personal_value (id),
    source nvarchar(120) NOT NULL,
    recorded_by bigint NOT NULL,
    recorded_organisation varchar(20) {bin} NOT NULL,
    recorded_at datetime2(3) NOT NULL,
    version int NOT NULL
);

CREATE INDEX ix_fact_case ON fact (case_id, id);

-- One line of one organisation was given one fact, for one purpose.
CREATE TABLE disclosure (
    id bigint NOT NULL CONSTRAINT pk_disclosure PRIMARY KEY,
    case_id bigint NOT NULL,
    fact_id bigint NOT NULL CONSTRAINT fk_disclosure_fact REFERENCES fact (id),
    handoff_id bigint NOT NULL,
    line_code varchar(60) {bin} NOT NULL,
    rule_id varchar(60) {bin} NOT NULL,
    given_by bigint NOT NULL,
    since datetime2(3) NOT NULL,
    until datetime2(3) NULL,
    CONSTRAINT uq_disclosure UNIQUE (handoff_id, fact_id, line_code)
);

CREATE INDEX ix_disclosure_case ON disclosure (case_id, line_code);
CREATE INDEX ix_disclosure_fact ON disclosure (fact_id, line_code);
