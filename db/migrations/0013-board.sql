-- The supervisor's board and the reports. Both are kept by consumers of the journal (Features/Chain/KeepBoard,
-- Features/Reports/KeepStatistics): no screen counts or scans cases.

-- One row an open case: holds the case while its entries are worked out, and says when time alone changes them.
CREATE TABLE board_case (
    case_id bigint NOT NULL CONSTRAINT pk_board_case PRIMARY KEY,
    turns_at datetime2(3) NULL,
    version int NOT NULL
);

CREATE INDEX ix_board_case_turns ON board_case (turns_at, case_id) WHERE turns_at IS NOT NULL;

-- Where an open case stands on the board of the team that owns it: one row for each tab, and in each tab one for the whole
-- chain ('*') and one for each organisation and line in it. The tab's order is that of at.
CREATE TABLE board_entry (
    case_id bigint NOT NULL,
    tab varchar(8) {bin} NOT NULL,
    place varchar(60) {bin} NOT NULL,
    team_code varchar(60) {bin} NOT NULL,
    topic_code varchar(40) {bin} NOT NULL,
    life_event varchar(40) {bin} NOT NULL,
    at datetime2(3) NOT NULL,
    CONSTRAINT pk_board_entry PRIMARY KEY (case_id, tab, place)
);

-- One for each choice of filters, so that a page is the first rows of an index whatever is chosen.
CREATE INDEX ix_board_entry ON board_entry (team_code, tab, place, at, case_id);
CREATE INDEX ix_board_entry_topic ON board_entry (team_code, tab, place, topic_code, at, case_id);
CREATE INDEX ix_board_entry_event ON board_entry (team_code, tab, place, life_event, at, case_id);
CREATE INDEX ix_board_entry_both ON board_entry (team_code, tab, place, topic_code, life_event, at, case_id);

-- Raised by a person and not by the ladder.
ALTER TABLE escalation ADD raised_by bigint NULL;

-- What the reports show, a day: how often. organisation_code is whose figure it is, other_code the other organisation in
-- it ('' when there is none), bucket a measure's own number (seconds waited, organisations in a chain).
CREATE TABLE stat_day (
    organisation_code varchar(20) {bin} NOT NULL,
    measure varchar(20) {bin} NOT NULL,
    day int NOT NULL,
    topic_code varchar(40) {bin} NOT NULL,
    line_code varchar(60) {bin} NOT NULL,
    other_code varchar(20) {bin} NOT NULL,
    kind varchar(24) {bin} NOT NULL,
    bucket int NOT NULL,
    n bigint NOT NULL,
    CONSTRAINT pk_stat_day PRIMARY KEY (organisation_code, measure, day, topic_code, line_code, other_code, kind, bucket)
);

-- Who read which report, and with which choices; written before the report is read.
CREATE TABLE report_read (
    id bigint NOT NULL CONSTRAINT pk_report_read PRIMARY KEY,
    professional_id bigint NOT NULL CONSTRAINT fk_report_read_professional REFERENCES professional (id),
    organisation_code varchar(20) {bin} NOT NULL,
    report varchar(20) {bin} NOT NULL,
    form varchar(8) {bin} NOT NULL,
    choices nvarchar(400) NOT NULL,
    at datetime2(3) NOT NULL
);

CREATE INDEX ix_report_read_organisation ON report_read (organisation_code, at, id);
