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
