-- 1: the turn failed, and no request or response that is known of in it did: an error of its own, as where only its file tells of it.
ALTER TABLE turn ADD COLUMN failed_alone INTEGER NOT NULL DEFAULT 0;
CREATE INDEX turn_failed ON turn (end_ns) WHERE failed_alone = 1;
ALTER TABLE hour_turn ADD COLUMN failed_alone INTEGER NOT NULL DEFAULT 0;
INSERT INTO unsettled (session_id) SELECT DISTINCT session_id FROM turn WHERE state = 'failed' ON CONFLICT DO NOTHING;
