-- A person of an information point asks a question for a citizen and sees what came of it; nothing else of a case.

ALTER TABLE professional ADD information_point int NOT NULL DEFAULT 0;

-- Who owns the chain of what an information point of the municipality asks, from the start. Nobody named: the duty supervisor.
CREATE TABLE intake_owner (
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT pk_intake_owner PRIMARY KEY CONSTRAINT fk_intake_owner_organisation REFERENCES organisation (code),
    professional_id bigint NOT NULL CONSTRAINT fk_intake_owner_professional REFERENCES professional (id),
    named_by bigint NOT NULL CONSTRAINT fk_intake_owner_named_by REFERENCES professional (id),
    named_at datetime2(3) NOT NULL
);

-- The question as it was asked, whatever became of the words in the case; handoff_id: the line that was asked, if there was one.
CREATE TABLE asked_question (
    id bigint NOT NULL CONSTRAINT pk_asked_question PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_asked_question_case REFERENCES case_file (id),
    team_code varchar(60) {bin} NOT NULL CONSTRAINT fk_asked_question_team REFERENCES team (code),
    asked_by bigint NOT NULL CONSTRAINT fk_asked_question_by REFERENCES professional (id),
    asked_at datetime2(3) NOT NULL,
    topic_code varchar(40) {bin} NOT NULL,
    question_id bigint NOT NULL CONSTRAINT fk_asked_question_value REFERENCES personal_value (id),
    handoff_id bigint NULL CONSTRAINT fk_asked_question_handoff REFERENCES handoff (id)
);

CREATE INDEX ix_asked_question_team ON asked_question (team_code, id);

-- When the provider last saw the person prove who they are; NULL where it did not say so, and in the demo.
ALTER TABLE signed_in ADD proved_at datetime2(3) NULL;

-- A split in which the body stays: only the lines and teams that were chosen go.
ALTER TABLE merger_body ADD stays int NOT NULL DEFAULT 0;

-- Who of the body answers for what is said of a product, and who read it as it stood; digest: of that, so that a changed product is unconfirmed again.
CREATE TABLE product_keeper (
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_product_keeper_organisation REFERENCES organisation (code),
    product_code varchar(120) {bin} NOT NULL CONSTRAINT fk_product_keeper_product REFERENCES product (code),
    professional_id bigint NOT NULL CONSTRAINT fk_product_keeper_professional REFERENCES professional (id),
    named_by bigint NOT NULL CONSTRAINT fk_product_keeper_named_by REFERENCES professional (id),
    named_at datetime2(3) NOT NULL,
    CONSTRAINT pk_product_keeper PRIMARY KEY (organisation_code, product_code)
);

CREATE INDEX ix_product_keeper_professional ON product_keeper (professional_id, product_code);

CREATE TABLE product_confirmation (
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_product_confirmation_organisation REFERENCES organisation (code),
    product_code varchar(120) {bin} NOT NULL CONSTRAINT fk_product_confirmation_product REFERENCES product (code),
    digest varchar(44) {bin} NOT NULL,
    confirmed_by bigint NOT NULL CONSTRAINT fk_product_confirmation_by REFERENCES professional (id),
    confirmed_at datetime2(3) NOT NULL,
    CONSTRAINT pk_product_confirmation PRIMARY KEY (organisation_code, product_code, digest)
);

CREATE INDEX ix_product_organisation ON product (organisation_code, topic_code, name) WHERE organisation_code IS NOT NULL;
CREATE INDEX ix_product_carrier ON product (carrier, topic_code, name) WHERE carrier IS NOT NULL;
