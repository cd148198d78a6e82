-- How the service calls a limit: `limit_name` of rate_limits.
ALTER TABLE rollout_limit ADD COLUMN name TEXT;
CREATE INDEX rollout_limit_session ON rollout_limit (session_id);
