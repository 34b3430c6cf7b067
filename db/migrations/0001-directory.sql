-- Who exists: organisations, lines, professionals. Codes are the register's own (TOOI), so a link made today still holds.

CREATE TABLE organisation (
    code varchar(20) {bin} NOT NULL CONSTRAINT pk_organisation PRIMARY KEY,
    name nvarchar(200) NOT NULL,
    short_name nvarchar(100) NOT NULL,
    display_name nvarchar(120) NOT NULL,
    sort_name nvarchar(100) NOT NULL,
    kind varchar(20) {bin} NOT NULL CONSTRAINT ck_organisation_kind CHECK (kind IN ('municipality', 'province', 'water_board', 'national', 'regional')),
    oin varchar(20) {bin} NULL,
    kvk varchar(8) {bin} NULL,
    rsin varchar(9) {bin} NULL,
    phone nvarchar(40) NULL,
    website nvarchar(200) NULL
);

CREATE TABLE topic (
    code varchar(40) {bin} NOT NULL CONSTRAINT pk_topic PRIMARY KEY,
    name_nl nvarchar(100) NOT NULL,
    name_en nvarchar(100) NOT NULL,
    layer varchar(12) {bin} NOT NULL CONSTRAINT ck_topic_layer CHECK (layer IN ('municipal', 'national')),
    position int NOT NULL
);

CREATE TABLE line (
    code varchar(60) {bin} NOT NULL CONSTRAINT pk_line PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_line_organisation REFERENCES organisation (code),
    topic_code varchar(40) {bin} NOT NULL CONSTRAINT fk_line_topic REFERENCES topic (code),
    kind varchar(12) {bin} NOT NULL CONSTRAINT ck_line_kind CHECK (kind IN ('municipal', 'regional', 'general', 'national')),
    name_nl nvarchar(120) NOT NULL,
    name_en nvarchar(120) NOT NULL,
    phone nvarchar(40) NULL,
    strategy varchar(20) {bin} NOT NULL DEFAULT 'longest_idle',
    offer_seconds int NOT NULL DEFAULT 30,
    live_seconds int NOT NULL DEFAULT 120,
    wrap_up_seconds int NOT NULL DEFAULT 60,
    callback_attempts int NOT NULL DEFAULT 3,
    version int NOT NULL DEFAULT 1
);

CREATE INDEX ix_line_topic ON line (topic_code, kind, code);
CREATE INDEX ix_line_organisation ON line (organisation_code, topic_code);

-- Only where a line serves more than its own municipality: regional bodies and centre municipalities.
CREATE TABLE line_area (
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_line_area_line REFERENCES line (code),
    municipality_code varchar(20) {bin} NOT NULL CONSTRAINT fk_line_area_municipality REFERENCES organisation (code),
    CONSTRAINT pk_line_area PRIMARY KEY (municipality_code, line_code)
);

CREATE TABLE team (
    code varchar(60) {bin} NOT NULL CONSTRAINT pk_team PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_team_organisation REFERENCES organisation (code),
    name nvarchar(120) NOT NULL
);

CREATE TABLE professional (
    id bigint NOT NULL CONSTRAINT pk_professional PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_professional_organisation REFERENCES organisation (code),
    team_code varchar(60) {bin} NOT NULL CONSTRAINT fk_professional_team REFERENCES team (code),
    name nvarchar(120) NOT NULL,
    front_office int NOT NULL DEFAULT 0,
    specialist int NOT NULL DEFAULT 0,
    supervisor int NOT NULL DEFAULT 0,
    duty_supervisor int NOT NULL DEFAULT 0,
    active int NOT NULL DEFAULT 1,
    demo_colleague int NOT NULL DEFAULT 0,
    version int NOT NULL DEFAULT 1
);

CREATE INDEX ix_professional_organisation ON professional (organisation_code, active, id);
CREATE INDEX ix_professional_team ON professional (team_code, active, id);

CREATE TABLE team_supervisor (
    team_code varchar(60) {bin} NOT NULL CONSTRAINT fk_team_supervisor_team REFERENCES team (code),
    professional_id bigint NOT NULL CONSTRAINT fk_team_supervisor_professional REFERENCES professional (id),
    CONSTRAINT pk_team_supervisor PRIMARY KEY (team_code, professional_id)
);

CREATE INDEX ix_team_supervisor_professional ON team_supervisor (professional_id);

CREATE TABLE line_member (
    line_code varchar(60) {bin} NOT NULL CONSTRAINT fk_line_member_line REFERENCES line (code),
    professional_id bigint NOT NULL CONSTRAINT fk_line_member_professional REFERENCES professional (id),
    tier int NOT NULL DEFAULT 1,
    position int NOT NULL DEFAULT 0,
    CONSTRAINT pk_line_member PRIMARY KEY (line_code, professional_id)
);

CREATE INDEX ix_line_member_professional ON line_member (professional_id, line_code);

-- A node proves that it lives by changing its beat; others watch the beat on their own clock.
CREATE TABLE node_lease (
    node int NOT NULL CONSTRAINT pk_node_lease PRIMARY KEY,
    holder varchar(36) {bin} NOT NULL,
    beat bigint NOT NULL
);

CREATE TABLE presence (
    professional_id bigint NOT NULL CONSTRAINT pk_presence PRIMARY KEY CONSTRAINT fk_presence_professional REFERENCES professional (id),
    state varchar(12) {bin} NOT NULL CONSTRAINT ck_presence_state CHECK (state IN ('offline', 'available', 'reserved', 'engaged', 'wrap_up', 'break', 'missed')),
    since datetime2(3) NOT NULL,
    idle_since datetime2(3) NOT NULL,
    until datetime2(3) NULL,
    holder varchar(36) {bin} NULL,
    version int NOT NULL
);

CREATE INDEX ix_presence_until ON presence (until, professional_id) WHERE until IS NOT NULL;
CREATE INDEX ix_presence_holder ON presence (holder, professional_id) WHERE holder IS NOT NULL;
