-- Telling people what nobody asked for (Features/Proactive): whom a rule found, who objected, and who looked. Never read by
-- a case, a handoff, search or a report. person_key tells one person from another over cases: the keyed index of their
-- number, else their own row.

CREATE TABLE proactive_person (
    id bigint NOT NULL CONSTRAINT pk_proactive_person PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_proactive_person_organisation REFERENCES organisation (code),
    rule_id varchar(40) {bin} NOT NULL,
    rule_version int NOT NULL,
    person_key varchar(60) {bin} NOT NULL,
    party_id bigint NOT NULL CONSTRAINT fk_proactive_person_party REFERENCES party (id),
    case_id bigint NOT NULL CONSTRAINT fk_proactive_person_case REFERENCES case_file (id),
    day varchar(10) {bin} NOT NULL,
    found_at datetime2(3) NOT NULL,
    destroy_on varchar(10) {bin} NOT NULL,
    state varchar(5) {bin} NOT NULL CONSTRAINT ck_proactive_person_state CHECK (state IN ('found', 'sent')),
    sent_by bigint NULL CONSTRAINT fk_proactive_person_sent_by REFERENCES professional (id),
    sent_at datetime2(3) NULL,
    version int NOT NULL,
    CONSTRAINT uq_proactive_person UNIQUE (organisation_code, rule_id, person_key)
);

CREATE INDEX ix_proactive_person_list ON proactive_person (organisation_code, rule_id, state, day, id);
CREATE INDEX ix_proactive_person_person ON proactive_person (organisation_code, person_key, state);
CREATE INDEX ix_proactive_person_destroy ON proactive_person (state, destroy_on, id);

-- Stays after the lists are destroyed, or the objection would be forgotten with them.
CREATE TABLE proactive_objection (
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_proactive_objection_organisation REFERENCES organisation (code),
    person_key varchar(60) {bin} NOT NULL,
    recorded_by bigint NOT NULL CONSTRAINT fk_proactive_objection_by REFERENCES professional (id),
    recorded_at datetime2(3) NOT NULL,
    CONSTRAINT pk_proactive_objection PRIMARY KEY (organisation_code, person_key)
);

CREATE TABLE proactive_log (
    id bigint NOT NULL CONSTRAINT pk_proactive_log PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_proactive_log_organisation REFERENCES organisation (code),
    rule_id varchar(40) {bin} NOT NULL,
    professional_id bigint NOT NULL CONSTRAINT fk_proactive_log_professional REFERENCES professional (id),
    act varchar(8) {bin} NOT NULL CONSTRAINT ck_proactive_log_act CHECK (act IN ('find', 'list', 'preview', 'send', 'object')),
    person_id bigint NULL,
    people int NOT NULL,
    at datetime2(3) NOT NULL
);

CREATE INDEX ix_proactive_log_rule ON proactive_log (organisation_code, rule_id, at, id);

-- Where a rule looks: birth dates, and life events by when they were recorded.
CREATE INDEX ix_fact_birth_date ON fact (recorded_organisation, case_id, personal_id) WHERE kind = 'birth_date';
CREATE INDEX ix_case_file_life_event ON case_file (organisation_code, life_event, opened_at, id);
CREATE INDEX ix_chain_step_life_event ON chain_step (life_event, added_at, case_id);

-- A person's key is the blind index of their number: it follows when the keys change (Features/Cases/RenewNumbers).
CREATE INDEX ix_proactive_person_key ON proactive_person (person_key);
CREATE INDEX ix_proactive_objection_key ON proactive_objection (person_key);
