-- Session files that an export of another Colophon told of; its rows stand beside those of files that are read here. run: 0 while it runs.
CREATE TABLE import_rollout (
  rollout_id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  title TEXT,
  run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX import_rollout_session ON import_rollout (session_id);
CREATE INDEX import_rollout_run ON import_rollout (run);
-- What was said, where the export held it: an item a row, in order.
CREATE TABLE import_said (
  session_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  run INTEGER NOT NULL,
  item TEXT NOT NULL,               -- JSON, src/model/codex/conversation/item.ts
  PRIMARY KEY (session_id, position)
) WITHOUT ROWID;
CREATE INDEX import_said_run ON import_said (run);
-- A run ends with the last of what it brought, bodies or files.
DROP TRIGGER import_run_gone;
CREATE TRIGGER import_run_gone AFTER DELETE ON import_body
WHEN NOT EXISTS (SELECT 1 FROM import_body WHERE run = OLD.run) AND NOT EXISTS (SELECT 1 FROM import_rollout WHERE run = OLD.run) BEGIN
  DELETE FROM import_session WHERE run = OLD.run;
  DELETE FROM import_run WHERE id = OLD.run;
END;
CREATE TRIGGER import_rollout_gone AFTER DELETE ON import_rollout
WHEN NOT EXISTS (SELECT 1 FROM import_body WHERE run = OLD.run) AND NOT EXISTS (SELECT 1 FROM import_rollout WHERE run = OLD.run) BEGIN
  DELETE FROM import_session WHERE run = OLD.run;
  DELETE FROM import_run WHERE id = OLD.run;
END;
