-- One more line in a talk: a handoff of its own that joins the talk another one began, and what was said before that goes along.

ALTER TABLE handoff ADD talk_id bigint NULL;

CREATE INDEX ix_handoff_talk ON handoff (talk_id, id) WHERE talk_id IS NOT NULL;

-- Earlier messages that whoever asked chose for the line; its specialist sees them from acceptance on, and no other line does.
CREATE TABLE message_disclosure (
    handoff_id bigint NOT NULL CONSTRAINT fk_message_disclosure_handoff REFERENCES handoff (id),
    message_id bigint NOT NULL CONSTRAINT fk_message_disclosure_message REFERENCES message (id),
    line_code varchar(60) {bin} NOT NULL,
    CONSTRAINT pk_message_disclosure PRIMARY KEY (handoff_id, message_id)
);
