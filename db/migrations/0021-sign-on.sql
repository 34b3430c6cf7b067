-- Who is signed in on which browser, who somebody is at the provider, and which claims give which role.

-- id: digest of the secret in the cookie, so that nobody can sign in with what stands here. seen_at is the last own act,
-- kept to the minute. The provider's session and subject are there to end it from that side.
CREATE TABLE signed_in (
    id varchar(44) {bin} NOT NULL CONSTRAINT pk_signed_in PRIMARY KEY,
    professional_id bigint NOT NULL CONSTRAINT fk_signed_in_professional REFERENCES professional (id),
    started_at datetime2(3) NOT NULL,
    seen_at datetime2(3) NOT NULL,
    ends_at datetime2(3) NOT NULL,
    ended_at datetime2(3) NULL,
    provider_session varchar(200) {bin} NULL,
    provider_subject varchar(255) {bin} NULL
);

CREATE INDEX ix_signed_in_ends ON signed_in (ends_at);
CREATE INDEX ix_signed_in_session ON signed_in (provider_session) WHERE provider_session IS NOT NULL;
CREATE INDEX ix_signed_in_subject ON signed_in (provider_subject) WHERE provider_subject IS NOT NULL;

-- A token that may be used once: a repeat is refused until it would have been too old anyway.
CREATE TABLE used_token (
    id varchar(44) {bin} NOT NULL CONSTRAINT pk_used_token PRIMARY KEY,
    until datetime2(3) NOT NULL
);

CREATE INDEX ix_used_token_until ON used_token (until);

CREATE TABLE professional_identity (
    issuer varchar(200) {bin} NOT NULL,
    subject varchar(255) {bin} NOT NULL,
    professional_id bigint NOT NULL CONSTRAINT fk_professional_identity_professional REFERENCES professional (id),
    since datetime2(3) NOT NULL,
    CONSTRAINT pk_professional_identity PRIMARY KEY (issuer, subject)
);

CREATE INDEX ix_professional_identity_professional ON professional_identity (professional_id);

-- Who at sign-on has this value among this claim, gets this role in the organisation, and this team when it is named.
CREATE TABLE role_rule (
    id bigint NOT NULL CONSTRAINT pk_role_rule PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_role_rule_organisation REFERENCES organisation (code),
    claim varchar(80) {bin} NOT NULL,
    value nvarchar(200) NOT NULL,
    role varchar(30) {bin} NOT NULL CONSTRAINT ck_role_rule_role CHECK (role IN ('front_office', 'specialist', 'supervisor', 'line_manager', 'organisation_administrator', 'privacy_officer')),
    team_code varchar(60) {bin} NULL CONSTRAINT fk_role_rule_team REFERENCES team (code),
    version int NOT NULL DEFAULT 1
);

CREATE INDEX ix_role_rule_organisation ON role_rule (organisation_code, id);

ALTER TABLE professional ADD organisation_administrator int NOT NULL DEFAULT 0;
ALTER TABLE professional ADD national_administrator int NOT NULL DEFAULT 0;
ALTER TABLE professional ADD privacy_officer int NOT NULL DEFAULT 0;
CREATE INDEX ix_organisation_oin ON organisation (oin, code) WHERE oin IS NOT NULL;
