-- Imports, so that a session can say that one added to it, and each can be taken back.

CREATE TABLE import_run (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  files TEXT NOT NULL               -- their names, as a JSON list
);

CREATE TABLE import_body (
  body INTEGER PRIMARY KEY,
  run INTEGER NOT NULL
);
CREATE INDEX import_body_run ON import_body (run);

-- Sessions that were received, and that a run added records to.
CREATE TABLE import_session (
  session_id TEXT NOT NULL,
  run INTEGER NOT NULL,
  PRIMARY KEY (session_id, run)
) WITHOUT ROWID;

-- The id of a body that is gone may be given again, to one that was received.
CREATE TRIGGER import_body_gone AFTER DELETE ON body BEGIN
  DELETE FROM import_body WHERE body = OLD.id;
END;
CREATE TRIGGER import_run_gone AFTER DELETE ON import_body
WHEN NOT EXISTS (SELECT 1 FROM import_body WHERE run = OLD.run) BEGIN
  DELETE FROM import_session WHERE run = OLD.run;
  DELETE FROM import_run WHERE id = OLD.run;
END;
