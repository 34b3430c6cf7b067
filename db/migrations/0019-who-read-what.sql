-- Who read what and why: one chain a node and day, so that reads do not queue behind each other. And the broken glass:
-- looking into a case without a part in it, for a reason and a time, reviewed afterwards.

CREATE TABLE access_head (
    node int NOT NULL,
    day varchar(10) {bin} NOT NULL,
    n int NOT NULL,
    hash varchar(44) {bin} NOT NULL,
    exported int NOT NULL DEFAULT 0,
    CONSTRAINT pk_access_head PRIMARY KEY (node, day)
);

CREATE TABLE access_log (
    node int NOT NULL,
    day varchar(10) {bin} NOT NULL,
    n int NOT NULL,
    began_at datetime2(3) NOT NULL,
    at datetime2(3) NOT NULL,
    professional_id bigint NULL,
    organisation_code varchar(20) {bin} NULL,
    case_id bigint NOT NULL,
    what varchar(40) {bin} NOT NULL,
    how varchar(8) {bin} NOT NULL CONSTRAINT ck_access_log_how CHECK (how IN ('opened', 'listed')),
    why varchar(20) {bin} NOT NULL,
    reason nvarchar(300) NULL,
    trace_id varchar(32) {bin} NOT NULL,
    span_id varchar(16) {bin} NOT NULL,
    hash varchar(44) {bin} NOT NULL,
    CONSTRAINT pk_access_log PRIMARY KEY (node, day, n)
);

CREATE INDEX ix_access_log_case ON access_log (case_id, at);

CREATE TABLE broken_glass (
    id bigint NOT NULL CONSTRAINT pk_broken_glass PRIMARY KEY,
    case_id bigint NOT NULL CONSTRAINT fk_broken_glass_case REFERENCES case_file (id),
    professional_id bigint NOT NULL CONSTRAINT fk_broken_glass_professional REFERENCES professional (id),
    organisation_code varchar(20) {bin} NOT NULL,
    supervisor_id bigint NOT NULL CONSTRAINT fk_broken_glass_supervisor REFERENCES professional (id),
    reason nvarchar(300) NOT NULL,
    at datetime2(3) NOT NULL,
    until datetime2(3) NOT NULL,
    reviewed_by bigint NULL,
    reviewed_at datetime2(3) NULL,
    justified int NULL,
    remark nvarchar(300) NULL,
    version int NOT NULL
);

CREATE INDEX ix_broken_glass_person ON broken_glass (professional_id, case_id, until);
CREATE INDEX ix_broken_glass_supervisor ON broken_glass (supervisor_id, at, id);
