-- Who a message goes out for, so that each organisation sees its own.

ALTER TABLE outgoing_message ADD organisation_code varchar(20) {bin} NOT NULL CONSTRAINT df_outgoing_message_organisation DEFAULT '';

CREATE INDEX ix_outgoing_message_organisation ON outgoing_message (organisation_code, queued_at DESC, id DESC);
