-- Who says it: telemetry, file, both. Settled; a row of file alone was written by settling, from what the tables of 0016 hold.
ALTER TABLE session ADD COLUMN witness TEXT NOT NULL DEFAULT 'telemetry';
ALTER TABLE session ADD COLUMN differences TEXT NOT NULL DEFAULT '[]'; -- JSON, src/model/session/witness.ts
ALTER TABLE prompt ADD COLUMN witness TEXT NOT NULL DEFAULT 'telemetry';
ALTER TABLE turn ADD COLUMN witness TEXT NOT NULL DEFAULT 'telemetry';
ALTER TABLE api_call ADD COLUMN witness TEXT NOT NULL DEFAULT 'telemetry';
ALTER TABLE tool_call ADD COLUMN witness TEXT NOT NULL DEFAULT 'telemetry';
