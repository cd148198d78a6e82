-- A conversation's id belongs to a service: another one that uses the same is not refused. NULL where it is Codex's, or a trace.
ALTER TABLE removed_session ADD COLUMN service TEXT;
