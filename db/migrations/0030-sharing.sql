-- What becomes of facts after they were recorded: corrected, told to who received them, valid until a day (Features/Sharing).

-- valid_until: yyyy-MM-dd, the last day; null does not run out. again_id: why it was asked although it was known.
ALTER TABLE fact ADD valid_until varchar(10) {bin} NULL;
ALTER TABLE fact ADD again_id bigint NULL;

-- What a fact said before, with its source, and why it was put right.
CREATE TABLE fact_correction (
    id bigint NOT NULL CONSTRAINT pk_fact_correction PRIMARY KEY,
    fact_id bigint NOT NULL CONSTRAINT fk_fact_correction_fact REFERENCES fact (id),
    case_id bigint NOT NULL,
    was_id bigint NOT NULL CONSTRAINT fk_fact_correction_was REFERENCES personal_value (id),
    was_source nvarchar(120) NOT NULL,
    was_recorded_by bigint NOT NULL,
    was_recorded_at datetime2(3) NOT NULL,
    why_id bigint NOT NULL CONSTRAINT fk_fact_correction_why REFERENCES personal_value (id),
    corrected_by bigint NOT NULL CONSTRAINT fk_fact_correction_by REFERENCES professional (id),
    corrected_at datetime2(3) NOT NULL
);

CREATE INDEX ix_fact_correction_case ON fact_correction (case_id, id);

-- Each line that was ever given the fact is told, until somebody of it has seen that (AVG art. 19).
CREATE TABLE fact_notice (
    id bigint NOT NULL CONSTRAINT pk_fact_notice PRIMARY KEY,
    correction_id bigint NOT NULL CONSTRAINT fk_fact_notice_correction REFERENCES fact_correction (id),
    fact_id bigint NOT NULL,
    case_id bigint NOT NULL,
    line_code varchar(60) {bin} NOT NULL,
    told_at datetime2(3) NOT NULL,
    seen_by bigint NULL CONSTRAINT fk_fact_notice_seen REFERENCES professional (id),
    seen_at datetime2(3) NULL,
    CONSTRAINT uq_fact_notice UNIQUE (correction_id, line_code)
);

CREATE INDEX ix_fact_notice_case ON fact_notice (case_id, id);
CREATE INDEX ix_fact_notice_unseen ON fact_notice (line_code, id) WHERE seen_at IS NULL;

-- A row of the sharing rules that an organisation does not use: nothing is given by it from off_at to on_at.
CREATE TABLE sharing_rule_off (
    id bigint NOT NULL CONSTRAINT pk_sharing_rule_off PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_sharing_rule_off_organisation REFERENCES organisation (code),
    rule_id varchar(60) {bin} NOT NULL,
    reason nvarchar(300) NOT NULL,
    off_by bigint NOT NULL CONSTRAINT fk_sharing_rule_off_by REFERENCES professional (id),
    off_at datetime2(3) NOT NULL,
    on_by bigint NULL CONSTRAINT fk_sharing_rule_on_by REFERENCES professional (id),
    on_at datetime2(3) NULL
);

CREATE UNIQUE INDEX ux_sharing_rule_off ON sharing_rule_off (organisation_code, rule_id) WHERE on_at IS NULL;

-- What runs under a rule, for who has to take it back.
CREATE INDEX ix_disclosure_rule ON disclosure (rule_id, case_id) WHERE until IS NULL;

-- The citizen agreed that a line is given these facts, where a rule asks for that.
CREATE TABLE consent (
    id bigint NOT NULL CONSTRAINT pk_consent PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_consent_case REFERENCES case_file (id),
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_consent_organisation REFERENCES organisation (code),
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_consent_line REFERENCES line (code),
    rule_id varchar(60) {bin} NOT NULL,
    how varchar(10) {bin} NOT NULL CONSTRAINT ck_consent_how CHECK (how IN ('spoken', 'written', 'digital')),
    recorded_by bigint NOT NULL CONSTRAINT fk_consent_recorded REFERENCES professional (id),
    recorded_at datetime2(3) NOT NULL,
    revoked_by bigint NULL CONSTRAINT fk_consent_revoked REFERENCES professional (id),
    revoked_at datetime2(3) NULL
);

CREATE INDEX ix_consent_case ON consent (case_id, line_code, id);

CREATE TABLE consent_fact (
    consent_id bigint NOT NULL CONSTRAINT fk_consent_fact_consent REFERENCES consent (id),
    fact_id bigint NOT NULL CONSTRAINT fk_consent_fact_fact REFERENCES fact (id),
    CONSTRAINT pk_consent_fact PRIMARY KEY (consent_id, fact_id)
);

ALTER TABLE disclosure ADD consent_id bigint NULL;

CREATE INDEX ix_disclosure_consent ON disclosure (consent_id, fact_id) WHERE consent_id IS NOT NULL;

-- A step of the chain that a line sees although it is not its own.
CREATE TABLE step_disclosure (
    id bigint NOT NULL CONSTRAINT pk_step_disclosure PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_step_disclosure_case REFERENCES case_file (id),
    step_id bigint NOT NULL CONSTRAINT fk_step_disclosure_step REFERENCES chain_step (id),
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_step_disclosure_line REFERENCES line (code),
    rule_id varchar(60) {bin} NOT NULL,
    given_by bigint NOT NULL CONSTRAINT fk_step_disclosure_by REFERENCES professional (id),
    since datetime2(3) NOT NULL,
    until datetime2(3) NULL
);

CREATE UNIQUE INDEX ux_step_disclosure ON step_disclosure (step_id, line_code) WHERE until IS NULL;
CREATE INDEX ix_step_disclosure_case ON step_disclosure (case_id, step_id);

-- The reason of a reading goes with its case; the digest of it stays in the chain of the access log.
ALTER TABLE access_log ADD reason_salt varchar(44) {bin} NULL;
ALTER TABLE access_log ADD reason_digest varchar(44) {bin} NULL;
