-- How two browsers find each other for speech: offers, answers and addresses, kept for a minute so that they pass between nodes.

CREATE TABLE voice_signal (
    id bigint NOT NULL CONSTRAINT pk_voice_signal PRIMARY KEY,
    handoff_id bigint NOT NULL,
    from_peer varchar(36) {bin} NOT NULL,
    to_peer varchar(36) {bin} NULL,
    professional_id bigint NOT NULL,
    kind varchar(8) {bin} NOT NULL CONSTRAINT ck_voice_signal_kind CHECK (kind IN ('here', 'gone', 'hold', 'resume', 'offer', 'answer', 'ice')),
    data {text} NOT NULL,
    at datetime2(3) NOT NULL
);

CREATE INDEX ix_voice_signal_handoff ON voice_signal (handoff_id, at, id);
CREATE INDEX ix_voice_signal_at ON voice_signal (at);
