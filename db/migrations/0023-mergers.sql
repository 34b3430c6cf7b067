-- Mergers and splits of organisations, confirmed facts of the law, and the national picture by day.

-- A set of changes with a day: bodies that end, and who goes on with what. apply_at is midnight in Amsterdam of that day,
-- once it is confirmed; held_at says since when something without a successor keeps it from being carried out.
CREATE TABLE merger (
    id bigint NOT NULL CONSTRAINT pk_merger PRIMARY KEY,
    name nvarchar(120) NOT NULL,
    day varchar(10) {bin} NOT NULL,
    state varchar(10) {bin} NOT NULL CONSTRAINT ck_merger_state CHECK (state IN ('draft', 'confirmed', 'applied', 'withdrawn')),
    apply_at datetime2(3) NULL,
    held_at datetime2(3) NULL,
    made_by bigint NOT NULL CONSTRAINT fk_merger_made_by REFERENCES professional (id),
    made_at datetime2(3) NOT NULL,
    confirmed_by bigint NULL CONSTRAINT fk_merger_confirmed_by REFERENCES professional (id),
    confirmed_at datetime2(3) NULL,
    applied_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE INDEX ix_merger_day ON merger (day, id);
CREATE INDEX ix_merger_due ON merger (apply_at, id) WHERE state = 'confirmed';

CREATE TABLE merger_body (
    merger_id bigint NOT NULL CONSTRAINT fk_merger_body_merger REFERENCES merger (id),
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_merger_body_organisation REFERENCES organisation (code),
    successor_code varchar(20) {bin} NOT NULL CONSTRAINT fk_merger_body_successor REFERENCES organisation (code),
    CONSTRAINT pk_merger_body PRIMARY KEY (merger_id, organisation_code)
);

CREATE INDEX ix_merger_body_organisation ON merger_body (organisation_code, merger_id);

-- Only what was chosen: without a row a line is succeeded by the successor's line of the same topic, a team by the body's successor.
CREATE TABLE merger_line (
    merger_id bigint NOT NULL CONSTRAINT fk_merger_line_merger REFERENCES merger (id),
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_merger_line_line REFERENCES line (code),
    successor_code varchar(60) {bin} NOT NULL CONSTRAINT fk_merger_line_successor REFERENCES line (code),
    CONSTRAINT pk_merger_line PRIMARY KEY (merger_id, line_code)
);

CREATE TABLE merger_team (
    merger_id bigint NOT NULL CONSTRAINT fk_merger_team_merger REFERENCES merger (id),
    team_code varchar(60) {bin} NOT NULL CONSTRAINT fk_merger_team_team REFERENCES team (code),
    successor_code varchar(20) {bin} NOT NULL CONSTRAINT fk_merger_team_successor REFERENCES organisation (code),
    CONSTRAINT pk_merger_team PRIMARY KEY (merger_id, team_code)
);

-- A line that ended keeps its row, because old cases name it; its members and its work are at the successor.
ALTER TABLE line ADD successor_code varchar(60) {bin} NULL CONSTRAINT fk_line_successor REFERENCES line (code);

-- What an organisation knew, the one that goes on with its work knows: every earlier code, also of mergers before.
CREATE TABLE past_organisation (
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_past_organisation_organisation REFERENCES organisation (code),
    past_code varchar(20) {bin} NOT NULL CONSTRAINT fk_past_organisation_past REFERENCES organisation (code),
    CONSTRAINT pk_past_organisation PRIMARY KEY (organisation_code, past_code)
);

CREATE INDEX ix_disclosure_line ON disclosure (line_code, id) WHERE until IS NULL;
CREATE INDEX ix_callback_line ON callback (line_code, state, id) WHERE line_code IS NOT NULL;
CREATE INDEX ix_chain_step_organisation ON chain_step (organisation_code, state, id) WHERE organisation_code IS NOT NULL;

CREATE INDEX ix_fact_ask_line ON fact_ask (line_code, id) WHERE state = 'asked';

-- Who read a term in the law, and when; digest: of the term as it stood then, so that a changed term is unconfirmed again.
CREATE TABLE legal_confirmation (
    term_id varchar(80) {bin} NOT NULL,
    digest varchar(44) {bin} NOT NULL,
    confirmed_by bigint NOT NULL CONSTRAINT fk_legal_confirmation_by REFERENCES professional (id),
    confirmed_at datetime2(3) NOT NULL,
    CONSTRAINT pk_legal_confirmation PRIMARY KEY (term_id, digest)
);

-- The last count of each day (yyyymmdd in Amsterdam).
CREATE TABLE national_day (
    day int NOT NULL CONSTRAINT pk_national_day PRIMARY KEY,
    bodies int NOT NULL,
    lines int NOT NULL,
    professionals int NOT NULL
);
