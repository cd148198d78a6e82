-- Read anew: forks that hold copies, for what they copied of before token_usage_record counts for whose it was.
UPDATE rollout_file SET head = '', bytes = -1 WHERE rollout_id IN (
  SELECT rollout_id FROM rollout_thread WHERE forked_from_id NOT NULL AND base_rollout_id IS NULL
);
