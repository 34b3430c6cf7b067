-- Lines as their manager sets them, who is asked on them and why, and what the wait usually is.

ALTER TABLE line ADD capacity int NOT NULL DEFAULT 1;
ALTER TABLE line ADD callback_hours int NOT NULL DEFAULT 2;
ALTER TABLE line ADD overflow_line varchar(60) {bin} NULL;
-- Opening hours as one text (Loket.Domain/Terms/OpeningHoursText); NULL: whenever somebody is there.
ALTER TABLE line ADD hours varchar(1000) {bin} NULL;

CREATE INDEX ix_line_overflow ON line (overflow_line, code) WHERE overflow_line IS NOT NULL;

-- The steps in which a line asks; none: its strategy over the tiers of its members.
CREATE TABLE line_tier (
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_line_tier_line REFERENCES line (code),
    tier int NOT NULL,
    strategy varchar(20) {bin} NOT NULL,
    seconds int NULL,
    needs_language int NOT NULL DEFAULT 1,
    needs_topic int NOT NULL DEFAULT 1,
    CONSTRAINT pk_line_tier PRIMARY KEY (line_code, tier)
);

-- The own switch of a member for one line, and what the strategies look at: counts of one day only, never shown.
ALTER TABLE line_member ADD weight int NOT NULL DEFAULT 1;
ALTER TABLE line_member ADD is_on int NOT NULL DEFAULT 1;
ALTER TABLE line_member ADD asked_at datetime2(3) NULL;
ALTER TABLE line_member ADD on_day varchar(10) {bin} NULL;
ALTER TABLE line_member ADD asked int NOT NULL DEFAULT 0;
ALTER TABLE line_member ADD handled int NOT NULL DEFAULT 0;
ALTER TABLE line_member ADD talk_seconds int NOT NULL DEFAULT 0;

-- Kind: language (ISO 639-1) or topic.
CREATE TABLE professional_skill (
    professional_id bigint NOT NULL CONSTRAINT fk_professional_skill_professional REFERENCES professional (id),
    kind varchar(10) {bin} NOT NULL CONSTRAINT ck_professional_skill_kind CHECK (kind IN ('language', 'topic')),
    code varchar(40) {bin} NOT NULL,
    CONSTRAINT pk_professional_skill PRIMARY KEY (professional_id, kind, code)
);

ALTER TABLE professional ADD line_manager int NOT NULL DEFAULT 0;

-- Missed an offer while talking: no second talk beside this one.
ALTER TABLE presence ADD is_full int NOT NULL DEFAULT 0;

ALTER TABLE handoff ADD language varchar(8) {bin} NULL;
-- When a waiting handoff must be looked at again: the time of a line ends.
ALTER TABLE handoff ADD look_at datetime2(3) NULL;
CREATE INDEX ix_handoff_look ON handoff (look_at, id) WHERE look_at IS NOT NULL;

-- When the handoff came to this line: tier deadlines count from there.
ALTER TABLE handoff_line ADD entered_at datetime2(3) NULL;

ALTER TABLE offer ADD tier int NOT NULL DEFAULT 1;
ALTER TABLE offer ADD why_language varchar(8) {bin} NULL;
ALTER TABLE offer ADD why_topic varchar(40) {bin} NULL;

-- Who changed what of a line: one row a field.
CREATE TABLE line_change (
    id bigint NOT NULL CONSTRAINT pk_line_change PRIMARY KEY,
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_line_change_line REFERENCES line (code),
    at datetime2(3) NOT NULL,
    professional_id bigint NOT NULL CONSTRAINT fk_line_change_professional REFERENCES professional (id),
    field varchar(40) {bin} NOT NULL,
    was nvarchar(1000) NULL,
    became nvarchar(1000) NULL
);

CREATE INDEX ix_line_change_line ON line_change (line_code, id);

-- Everybody of a line was asked at once and nobody answered: for its supervisors.
CREATE TABLE line_warning (
    id bigint NOT NULL CONSTRAINT pk_line_warning PRIMARY KEY,
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_line_warning_line REFERENCES line (code),
    at datetime2(3) NOT NULL,
    asked int NOT NULL
);

CREATE INDEX ix_line_warning_line ON line_warning (line_code, at);

-- How long acceptance took, per line, hour of the day in Amsterdam, and day; kept by the journal consumer "line-wait".
CREATE TABLE line_wait (
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_line_wait_line REFERENCES line (code),
    on_hour int NOT NULL,
    on_day varchar(10) {bin} NOT NULL,
    answered int NOT NULL,
    seconds bigint NOT NULL,
    CONSTRAINT pk_line_wait PRIMARY KEY (line_code, on_hour, on_day)
);
