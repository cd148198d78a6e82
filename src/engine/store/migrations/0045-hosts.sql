-- The machine that a session ran on: `host.name` of the resource, which Codex says with its logs alone. Of sessions that were stored before,
-- a rebuild of the facts finds it.
ALTER TABLE session ADD COLUMN host TEXT;
