-- The spine: one append-only journal, numbered per shard in commit order, chained per case.

CREATE TABLE journal_shard (
    shard int NOT NULL CONSTRAINT pk_journal_shard PRIMARY KEY,
    last_seq bigint NOT NULL
);

INSERT INTO journal_shard (shard, last_seq) VALUES (0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 0), (12, 0), (13, 0), (14, 0), (15, 0);

CREATE TABLE case_head (
    case_id bigint NOT NULL CONSTRAINT pk_case_head PRIMARY KEY,
    n int NOT NULL,
    hash varchar(44) {bin} NOT NULL
);

CREATE TABLE journal (
    shard int NOT NULL,
    seq bigint NOT NULL,
    case_id bigint NOT NULL,
    n int NOT NULL,
    kind varchar(40) {bin} NOT NULL,
    subject_id bigint NOT NULL,
    actor_id bigint NULL,
    organisation_code varchar(20) {bin} NULL,
    at datetime2(3) NOT NULL,
    payload nvarchar(2000) NOT NULL,
    personal_id bigint NULL,
    personal_digest varchar(44) {bin} NULL,
    hash varchar(44) {bin} NOT NULL,
    CONSTRAINT pk_journal PRIMARY KEY (shard, seq),
    CONSTRAINT uq_journal_case UNIQUE (case_id, n)
);

-- Personal values lie apart: destroying value and salt leaves the chain whole.
CREATE TABLE personal_value (
    id bigint NOT NULL CONSTRAINT pk_personal_value PRIMARY KEY,
    case_id bigint NOT NULL,
    organisation_code varchar(20) {bin} NOT NULL,
    value nvarchar(4000) NULL,
    salt varchar(44) {bin} NULL,
    destroyed_at datetime2(3) NULL
);

CREATE INDEX ix_journal_personal ON journal (personal_id) WHERE personal_id IS NOT NULL;
CREATE INDEX ix_personal_value_case ON personal_value (case_id, id);

CREATE TABLE idempotency (
    actor_id bigint NOT NULL,
    idempotency_key varchar(64) {bin} NOT NULL,
    operation varchar(60) {bin} NOT NULL,
    body_hash varchar(44) {bin} NOT NULL,
    answer nvarchar(4000) NOT NULL,
    at datetime2(3) NOT NULL,
    CONSTRAINT pk_idempotency PRIMARY KEY (actor_id, idempotency_key)
);

CREATE INDEX ix_idempotency_at ON idempotency (at);

-- What was typed and not sent yet; sealed with the key ring, because it may hold anything.
CREATE TABLE draft (
    professional_id bigint NOT NULL,
    form varchar(60) {bin} NOT NULL,
    body {text} NOT NULL,
    saved_at datetime2(3) NOT NULL,
    CONSTRAINT pk_draft PRIMARY KEY (professional_id, form)
);

CREATE TABLE counter (
    name varchar(40) {bin} NOT NULL CONSTRAINT pk_counter PRIMARY KEY,
    value bigint NOT NULL
);

-- Settings the program itself keeps.
CREATE TABLE setting (
    name varchar(60) {bin} NOT NULL CONSTRAINT pk_setting PRIMARY KEY,
    value nvarchar(400) NOT NULL
);
