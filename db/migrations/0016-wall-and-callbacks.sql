-- The live wall, and calling back at a moment that suits the citizen.

-- What happened on a line on a day (yyyymmdd in Amsterdam), by who asked: how often. Kept by the journal consumer "wall".
-- measure: offered, accepted, declined (kind: the reason), missed, abandoned; or wait, of all who asked together
-- (asker ''), with kind the hour of the day and bucket the seconds of Loket.Domain/Lines/WaitBuckets.
CREATE TABLE wall_day (
    day int NOT NULL,
    line_code varchar(60) {bin} NOT NULL,
    measure varchar(12) {bin} NOT NULL,
    asker_code varchar(20) {bin} NOT NULL,
    kind varchar(24) {bin} NOT NULL,
    bucket int NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT pk_wall_day PRIMARY KEY (day, line_code, measure, asker_code, kind, bucket)
);

CREATE INDEX ix_wall_day_asker ON wall_day (asker_code, day, line_code);

-- Where the citizen lives by the clock (IANA; NULL: Europe/Amsterdam) and how they want to be reached (NULL: by phone).
ALTER TABLE party ADD time_zone varchar(40) {bin} NULL;
ALTER TABLE party ADD channel varchar(12) {bin} NULL;

-- Why a call did not reach the citizen; the kinds are named in Loket.Domain/Terms/CallbackRules.
ALTER TABLE callback_attempt ADD why_not varchar(12) {bin} NULL;

-- When the specialist sees the citizen, where the sender was released with an appointment.
ALTER TABLE handoff ADD appointment_at datetime2(3) NULL;
