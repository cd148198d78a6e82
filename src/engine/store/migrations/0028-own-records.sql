-- From any record that Codex itself made: what it says of the process comes before the words of others that name the session.
ALTER TABLE session ADD COLUMN own INTEGER NOT NULL DEFAULT 0;
UPDATE session SET own = 1 WHERE told_first_ns IS NOT NULL AND kind <> 'app';
