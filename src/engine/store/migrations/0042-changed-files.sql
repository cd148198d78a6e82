-- The files that a patch changed, by a hash of each one's path (src/model/codex/rollout/path-hash.ts): one that three patches changed is one.
CREATE TABLE file_change (
  file INTEGER NOT NULL,
  call_id TEXT NOT NULL,
  path_hash INTEGER NOT NULL,
  PRIMARY KEY (file, call_id, path_hash)
) WITHOUT ROWID;
CREATE VIEW rollout_change AS SELECT session_id, rollout_id, file_change.* FROM rollout JOIN file_change USING (file);
CREATE TRIGGER rollout_gone_change AFTER DELETE ON rollout BEGIN
  DELETE FROM file_change WHERE file = OLD.file;
END;
-- Files with patches are read anew.
UPDATE rollout_file SET head = '', bytes = -1 WHERE rollout_id IN (
  SELECT rollout_id FROM rollout_tool WHERE files_changed NOT NULL
);
