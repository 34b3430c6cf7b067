-- What stands in the way of the chain (Features/Bottlenecks): refusals, failed exchanges and remarks, of one organisation.

CREATE TABLE bottleneck (
    id bigint NOT NULL CONSTRAINT pk_bottleneck PRIMARY KEY,
    organisation_code varchar(20) {bin} NOT NULL CONSTRAINT fk_bottleneck_organisation REFERENCES organisation (code),
    kind varchar(20) {bin} NOT NULL CONSTRAINT ck_bottleneck_kind CHECK (kind IN ('not_competent', 'missing_information', 'exchange_failed', 'remark')),
    line_code varchar(60) {bin} NOT NULL,
    topic_code varchar(40) {bin} NOT NULL,
    text nvarchar(500) NULL,
    state varchar(12) {bin} NOT NULL CONSTRAINT ck_bottleneck_state CHECK (state IN ('new', 'in_progress', 'answered', 'closed')),
    owner_id bigint NULL CONSTRAINT fk_bottleneck_owner REFERENCES professional (id),
    answer nvarchar(1000) NULL,
    answered_at datetime2(3) NULL,
    merged_into bigint NULL CONSTRAINT fk_bottleneck_merged REFERENCES bottleneck (id),
    signals int NOT NULL,
    first_at datetime2(3) NOT NULL,
    last_at datetime2(3) NOT NULL,
    version int NOT NULL
);

CREATE INDEX ix_bottleneck_list ON bottleneck (organisation_code, state, last_at, id);
CREATE INDEX ix_bottleneck_same ON bottleneck (organisation_code, kind, line_code, topic_code, state, id);

-- One thing that happened in one case, and whom an answer goes back to.
CREATE TABLE bottleneck_signal (
    id bigint NOT NULL CONSTRAINT pk_bottleneck_signal PRIMARY KEY,
    bottleneck_id bigint NOT NULL CONSTRAINT fk_bottleneck_signal_bottleneck REFERENCES bottleneck (id),
    case_id bigint NOT NULL CONSTRAINT fk_bottleneck_signal_case REFERENCES case_file (id),
    raised_by bigint NOT NULL CONSTRAINT fk_bottleneck_signal_by REFERENCES professional (id),
    at datetime2(3) NOT NULL
);

CREATE INDEX ix_bottleneck_signal ON bottleneck_signal (bottleneck_id, id);
CREATE INDEX ix_bottleneck_signal_by ON bottleneck_signal (raised_by, bottleneck_id);
