-- What session files tell of turns, compactions and errors, and what in them is not known.
ALTER TABLE rollout_turn ADD COLUMN start_ordinal INTEGER;
ALTER TABLE rollout_compaction ADD COLUMN start_ms INTEGER; -- ContextCompaction
ALTER TABLE rollout_compaction ADD COLUMN end_ms INTEGER;
-- event_msg error; its words stand in the file
CREATE TABLE rollout_error (
  session_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  offset INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  error TEXT,                       -- Codex's own word for its class
  PRIMARY KEY (session_id, rollout_id, offset)
) WITHOUT ROWID;
-- Kinds of lines, and fields of lines, that Colophon has not met
CREATE TABLE rollout_unknown (
  rollout_id TEXT NOT NULL,
  name TEXT NOT NULL,               -- the kind as `head.ts` tells it; with a dot and its name where it is a field
  lines INTEGER NOT NULL,
  first_ms INTEGER NOT NULL,
  PRIMARY KEY (rollout_id, name)
) WITHOUT ROWID;
ALTER TABLE turn ADD COLUMN error TEXT;
ALTER TABLE turn ADD COLUMN abandoned INTEGER NOT NULL DEFAULT 0; -- a return to an earlier message took it back
ALTER TABLE compaction ADD COLUMN witness TEXT NOT NULL DEFAULT 'telemetry';
ALTER TABLE compaction ADD COLUMN at_most INTEGER NOT NULL DEFAULT 0; -- it began no earlier
-- Files are read anew, for what was passed over.
UPDATE rollout_file SET head = '', bytes = -1;
