-- What is taken away in pieces, for at once a long one would hold up what arrives: rows of files that are in no table of files any more, so that
-- nobody is shown them, and facts of sessions that are gone, all of them derived of files.
CREATE TABLE left_file (file INTEGER PRIMARY KEY);
CREATE TABLE left_session (session_id TEXT PRIMARY KEY) WITHOUT ROWID;
DROP TRIGGER rollout_gone;
DROP TRIGGER rollout_gone_with_changes;
DROP TRIGGER rollout_gone_change;
CREATE TRIGGER rollout_gone AFTER DELETE ON rollout BEGIN
  INSERT INTO left_file (file) VALUES (old.file);
END;
-- One whose file is read again is settled, which takes away what is not so any more.
CREATE TRIGGER session_is_back AFTER INSERT ON session BEGIN
  DELETE FROM left_session WHERE session_id = new.id;
END;
