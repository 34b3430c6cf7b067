-- Joining: who changed what of whom, people from a file, lines that went live, and who is on which line when.

-- One row a field.
CREATE TABLE professional_change (
    id bigint NOT NULL CONSTRAINT pk_professional_change PRIMARY KEY,
    professional_id bigint NOT NULL CONSTRAINT fk_professional_change_professional REFERENCES professional (id),
    at datetime2(3) NOT NULL,
    by_id bigint NOT NULL CONSTRAINT fk_professional_change_by REFERENCES professional (id),
    field varchar(40) {bin} NOT NULL,
    was nvarchar(400) NULL,
    became nvarchar(400) NULL
);

CREATE INDEX ix_professional_change_professional ON professional_change (professional_id, id);

-- What the provider said of somebody at the last sign-on, of the claims that rules look at: shows what a rule would change.
CREATE TABLE professional_claim (
    professional_id bigint NOT NULL CONSTRAINT fk_professional_claim_professional REFERENCES professional (id),
    claim varchar(80) {bin} NOT NULL,
    value nvarchar(200) {bin} NOT NULL,
    CONSTRAINT pk_professional_claim PRIMARY KEY (professional_id, claim, value)
);

CREATE TABLE people_import (
    id bigint NOT NULL CONSTRAINT pk_people_import PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_people_import_organisation REFERENCES organisation (code),
    by_id bigint NOT NULL CONSTRAINT fk_people_import_by REFERENCES professional (id),
    at datetime2(3) NOT NULL,
    people int NOT NULL,
    undone_at datetime2(3) NULL
);

CREATE INDEX ix_people_import_organisation ON people_import (organisation_code, id);

CREATE TABLE people_import_person (
    import_id bigint NOT NULL CONSTRAINT fk_people_import_person_import REFERENCES people_import (id),
    professional_id bigint NOT NULL CONSTRAINT fk_people_import_person_professional REFERENCES professional (id),
    CONSTRAINT pk_people_import_person PRIMARY KEY (import_id, professional_id)
);

CREATE INDEX ix_signed_in_professional ON signed_in (professional_id);

-- A line rings only once its manager has opened it; those that had people before this rule stay open.
ALTER TABLE line ADD is_live int NOT NULL DEFAULT 0;
UPDATE line SET is_live = 1 WHERE code IN (SELECT m.line_code FROM line_member m);

-- When a member is on the line, as opening hours are written (Loket.Domain/Terms/OpeningHoursText); NULL: not on the rota.
ALTER TABLE line_member ADD rota varchar(1000) {bin} NULL;
ALTER TABLE line ADD least_people int NOT NULL DEFAULT 1;

-- Who answers for the organisation on a day: a weekday (mon) or a date (2026-12-24), which goes before its weekday.
CREATE TABLE organisation_duty (
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_organisation_duty_organisation REFERENCES organisation (code),
    day varchar(10) {bin} NOT NULL,
    professional_id bigint NOT NULL CONSTRAINT fk_organisation_duty_professional REFERENCES professional (id),
    CONSTRAINT pk_organisation_duty PRIMARY KEY (organisation_code, day)
);

CREATE INDEX ix_organisation_duty_professional ON organisation_duty (professional_id);
