-- A message knows the link it is about, so that it goes when the link does; its words lie sealed, because a link and its code wait beside each other.
ALTER TABLE outgoing_message ADD partner_link_id bigint NULL;
ALTER TABLE outgoing_message ADD is_sealed int NOT NULL DEFAULT 0;

-- Both were written in one transaction, which has one moment.
UPDATE outgoing_message SET partner_link_id = (SELECT MAX(k.id) FROM partner_link k WHERE k.case_id = outgoing_message.case_id AND k.sent_at = outgoing_message.queued_at)
WHERE kind IN ('email', 'sms');
UPDATE outgoing_message SET body = '', held_at = COALESCE(held_at, queued_at)
WHERE sent_at IS NULL AND partner_link_id IN (SELECT k.id FROM partner_link k WHERE k.state <> 'sent');

CREATE INDEX ix_outgoing_message_link ON outgoing_message (partner_link_id, id) WHERE partner_link_id IS NOT NULL;
CREATE INDEX ix_partner_link_open ON partner_link (expires_at, id) WHERE state = 'sent';
