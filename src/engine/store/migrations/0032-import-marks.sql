-- What an import added to what the user says of a session, so that it goes with that import and nothing else does. run: 0 while it runs.
CREATE TABLE import_mark (
  session_id TEXT NOT NULL,
  run INTEGER NOT NULL,
  added TEXT NOT NULL,              -- JSON, src/model/session/by-user.ts
  PRIMARY KEY (session_id, run)
) WITHOUT ROWID;
CREATE INDEX import_mark_run ON import_mark (run);
-- A run ends with the last of what it brought: bodies, files or marks.
DROP TRIGGER import_run_gone;
CREATE TRIGGER import_run_gone AFTER DELETE ON import_body
WHEN NOT EXISTS (SELECT 1 FROM import_body WHERE run = OLD.run) AND NOT EXISTS (SELECT 1 FROM import_rollout WHERE run = OLD.run)
  AND NOT EXISTS (SELECT 1 FROM import_mark WHERE run = OLD.run) BEGIN
  DELETE FROM import_session WHERE run = OLD.run;
  DELETE FROM import_run WHERE id = OLD.run;
END;
DROP TRIGGER import_rollout_gone;
CREATE TRIGGER import_rollout_gone AFTER DELETE ON import_rollout
WHEN NOT EXISTS (SELECT 1 FROM import_body WHERE run = OLD.run) AND NOT EXISTS (SELECT 1 FROM import_rollout WHERE run = OLD.run)
  AND NOT EXISTS (SELECT 1 FROM import_mark WHERE run = OLD.run) BEGIN
  DELETE FROM import_session WHERE run = OLD.run;
  DELETE FROM import_run WHERE id = OLD.run;
END;
CREATE TRIGGER import_mark_gone AFTER DELETE ON import_mark
WHEN NOT EXISTS (SELECT 1 FROM import_body WHERE run = OLD.run) AND NOT EXISTS (SELECT 1 FROM import_rollout WHERE run = OLD.run)
  AND NOT EXISTS (SELECT 1 FROM import_mark WHERE run = OLD.run) BEGIN
  DELETE FROM import_session WHERE run = OLD.run;
  DELETE FROM import_run WHERE id = OLD.run;
END;
