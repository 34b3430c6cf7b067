-- What is kept about people: numbers under keys that can change, and what is asked and who it is about kept apart.

-- The version of the key that seals and indexes the number; 0 is "before versions were kept": renewed like any older one.
ALTER TABLE party ADD number_key int NULL;

UPDATE party SET number_key = 0 WHERE number_sealed IS NOT NULL;

CREATE INDEX ix_party_number_key ON party (number_key, id) WHERE number_key IS NOT NULL;

-- Titles, questions and names are personal values: what stood here before is moved at the first start (Features/Cases/MoveTexts),
-- because a value kept apart has a salt and an entry in the journal. The old columns stay empty.
ALTER TABLE case_file ADD title_id bigint NULL CONSTRAINT fk_case_file_title REFERENCES personal_value (id);
ALTER TABLE case_file ADD question_id bigint NULL CONSTRAINT fk_case_file_question REFERENCES personal_value (id);
ALTER TABLE party ADD name_id bigint NULL CONSTRAINT fk_party_name REFERENCES personal_value (id);

CREATE INDEX ix_case_file_loose ON case_file (id) WHERE question_id IS NULL;

-- What the register said about the citizen: found, unknown, down or none; and whether the address is secret.
ALTER TABLE party ADD register_state varchar(8) {bin} NULL;
ALTER TABLE party ADD secret int NOT NULL DEFAULT 0;

-- A line asks for one more kind of fact; who decides about the case gives it (a disclosure) or not.
CREATE TABLE fact_ask (
    id bigint NOT NULL CONSTRAINT pk_fact_ask PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_fact_ask_case REFERENCES case_file (id),
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_fact_ask_line REFERENCES line (code),
    kind varchar(30) {bin} NOT NULL,
    why_id bigint NOT NULL CONSTRAINT fk_fact_ask_why REFERENCES personal_value (id),
    asked_by bigint NOT NULL CONSTRAINT fk_fact_ask_by REFERENCES professional (id),
    asked_at datetime2(3) NOT NULL,
    state varchar(8) {bin} NOT NULL CONSTRAINT ck_fact_ask_state CHECK (state IN ('asked', 'given', 'refused')),
    answered_by bigint NULL,
    answered_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE INDEX ix_fact_ask_case ON fact_ask (case_id, state, id);
