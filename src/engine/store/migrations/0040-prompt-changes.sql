-- world_state that is a patch: when the tools or the instructions of a thread's prompt changed.
CREATE TABLE file_prompt_change (
  file INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  what TEXT NOT NULL,               -- tools, instructions
  turn_id TEXT,
  PRIMARY KEY (file, at_ms, what)
) WITHOUT ROWID;
CREATE VIEW rollout_prompt_change AS SELECT session_id, rollout_id, file_prompt_change.* FROM rollout JOIN file_prompt_change USING (file);
CREATE TRIGGER rollout_gone_with_changes AFTER DELETE ON rollout BEGIN
  DELETE FROM file_prompt_change WHERE file = OLD.file;
END;
-- Files are read anew, for what was passed over.
UPDATE rollout_file SET head = '', bytes = -1;
