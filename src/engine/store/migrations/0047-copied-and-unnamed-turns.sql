-- What the model's answers ran with where no line names a turn, as in files of 2025.
ALTER TABLE file_step ADD COLUMN model TEXT;
ALTER TABLE file_step ADD COLUMN effort TEXT;
-- Read anew: these files, and those of forks that may hold copies, for what they copied of sessions whose own files are gone counts for these.
UPDATE rollout_file SET head = '', bytes = -1 WHERE rollout_id IN (
  SELECT rollout_id FROM rollout_step WHERE turn_id IS NULL
  UNION SELECT rollout_id FROM rollout_thread WHERE forked_from_id NOT NULL AND base_rollout_id IS NULL
);
