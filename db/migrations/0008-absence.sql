-- Who is away, and what an organisation chose for its ladder.

-- From, until and who stands in; never a reason. An absence that ended early has its end moved, one that was cancelled
-- before it began ends where it begins. next_at is the moment of the next thing the absence brings about.
CREATE TABLE absence (
    id bigint NOT NULL CONSTRAINT pk_absence PRIMARY KEY,
    professional_id bigint NOT NULL CONSTRAINT fk_absence_professional REFERENCES professional (id),
    from_at datetime2(3) NOT NULL,
    until_at datetime2(3) NOT NULL,
    stand_in_id bigint NULL CONSTRAINT fk_absence_stand_in REFERENCES professional (id),
    set_by bigint NOT NULL,
    set_at datetime2(3) NOT NULL,
    started_at datetime2(3) NULL,
    next_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE INDEX ix_absence_professional ON absence (professional_id, until_at, from_at);
CREATE INDEX ix_absence_stand_in ON absence (stand_in_id, until_at) WHERE stand_in_id IS NOT NULL;
CREATE INDEX ix_absence_next ON absence (next_at, id) WHERE next_at IS NOT NULL;

-- Without a row the defaults of Loket.Domain/Chain/LadderRules hold. Percentages of the term; the climb in working minutes.
CREATE TABLE organisation_ladder (
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT pk_organisation_ladder PRIMARY KEY CONSTRAINT fk_organisation_ladder_organisation REFERENCES organisation (code),
    reminder_percent int NOT NULL,
    overdue_percent int NOT NULL,
    climb_minutes int NOT NULL,
    version int NOT NULL
);

CREATE TABLE organisation_ladder_change (
    id bigint NOT NULL CONSTRAINT pk_organisation_ladder_change PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_organisation_ladder_change_organisation REFERENCES organisation (code),
    reminder_percent int NOT NULL,
    overdue_percent int NOT NULL,
    climb_minutes int NOT NULL,
    changed_by bigint NOT NULL,
    changed_at datetime2(3) NOT NULL
);

CREATE INDEX ix_organisation_ladder_change ON organisation_ladder_change (organisation_code, id);

-- A step that nobody acknowledges climbs. level: how often it climbed to get here; climb: waits, climbed (somebody above
-- has it now), top (nobody is above any more) or over (acknowledged, or the date it was about has ended). climbs_at is
-- null until the sweep has planned it.
ALTER TABLE escalation ADD level int NOT NULL DEFAULT 0;
ALTER TABLE escalation ADD climb varchar(8) {bin} NOT NULL DEFAULT 'waits';
ALTER TABLE escalation ADD climbs_at datetime2(3) NULL;
ALTER TABLE escalation ADD climbed_from bigint NULL;

CREATE INDEX ix_escalation_climb ON escalation (climbs_at, id) WHERE climb = 'waits';
