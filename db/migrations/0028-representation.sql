-- Who acts for the citizen or business of a case, by what right, and what was seen of it (Features/Representation). Name and
-- contact are facts of the case, so that they are disclosed, withdrawn and destroyed like any other.

-- topics, acts: codes with commas, null for all that the kind covers. ends_on: the last day, also by a birthday.
-- held_at: it lapsed, and what was still to go out by it waits for the chain owner, who has a promise to decide.
CREATE TABLE representation (
    id bigint NOT NULL CONSTRAINT pk_representation PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_representation_case REFERENCES case_file (id),
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_representation_organisation REFERENCES organisation (code),
    kind varchar(24) {bin} NOT NULL CONSTRAINT ck_representation_kind CHECK (kind IN ('mandate', 'property_administration', 'mentorship', 'guardianship', 'parental_authority', 'authorised_signatory', 'intermediary')),
    topics varchar(800) {bin} NULL,
    acts varchar(200) {bin} NULL,
    from_day varchar(10) {bin} NOT NULL,
    until_day varchar(10) {bin} NULL,
    ends_on varchar(10) {bin} NULL,
    evidence varchar(24) {bin} NOT NULL,
    evidence_note_id bigint NULL CONSTRAINT fk_representation_note REFERENCES personal_value (id),
    name_fact_id bigint NOT NULL CONSTRAINT fk_representation_name REFERENCES fact (id),
    contact_fact_id bigint NULL CONSTRAINT fk_representation_contact REFERENCES fact (id),
    partner_id bigint NULL CONSTRAINT fk_representation_partner REFERENCES partner (id),
    recorded_by bigint NOT NULL CONSTRAINT fk_representation_recorded REFERENCES professional (id),
    recorded_at datetime2(3) NOT NULL,
    revoked_by bigint NULL CONSTRAINT fk_representation_revoked REFERENCES professional (id),
    revoked_at datetime2(3) NULL,
    held_at datetime2(3) NULL,
    promise_id bigint NULL CONSTRAINT fk_representation_promise REFERENCES promise (id),
    state varchar(8) {bin} NOT NULL CONSTRAINT ck_representation_state CHECK (state IN ('current', 'replaced', 'ended')),
    version int NOT NULL
);

CREATE UNIQUE INDEX ux_representation_current ON representation (case_id) WHERE state = 'current';
CREATE INDEX ix_representation_case ON representation (case_id, id);
CREATE INDEX ix_representation_contact ON representation (contact_fact_id, state) WHERE contact_fact_id IS NOT NULL;
CREATE INDEX ix_representation_ends ON representation (ends_on, id) WHERE state = 'current' AND held_at IS NULL AND ends_on IS NOT NULL;

-- A link or letter that goes to who represents: checked again when it is opened, printed or sent.
ALTER TABLE partner_link ADD representation_id bigint NULL;
ALTER TABLE outgoing_message ADD representation_id bigint NULL;
ALTER TABLE outgoing_message ADD held_at datetime2(3) NULL;

CREATE INDEX ix_partner_link_representation ON partner_link (representation_id, state) WHERE representation_id IS NOT NULL;
CREATE INDEX ix_outgoing_message_representation ON outgoing_message (representation_id, sent_at) WHERE representation_id IS NOT NULL;
