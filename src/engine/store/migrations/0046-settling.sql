-- Sessions so long that a thread of its own derives what is written of them, a piece at a time: those that wait for it, and the one that is written.
-- What changes meanwhile marks them anew, as it does all others. A row that is gone, or of
-- another job, says that the rest of the pieces is not to be written.
CREATE TABLE settling (session_id TEXT PRIMARY KEY, job INTEGER NOT NULL) WITHOUT ROWID;
CREATE TRIGGER session_removed_while_settling AFTER DELETE ON session BEGIN
  DELETE FROM settling WHERE session_id = old.id;
END;
CREATE TRIGGER rollout_removed_while_settling AFTER DELETE ON rollout BEGIN
  DELETE FROM settling WHERE session_id = old.session_id;
END;
