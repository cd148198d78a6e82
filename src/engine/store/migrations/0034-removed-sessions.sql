-- Sessions that the user deleted: what arrives of them later is refused, until that is taken back. No word of theirs stands here.
CREATE TABLE removed_session (
  session_id TEXT PRIMARY KEY,
  of_id TEXT NOT NULL,                  -- the session that was deleted; helpers went with it
  at_ms INTEGER NOT NULL,
  done INTEGER NOT NULL DEFAULT 0,      -- 0 while its records go; one that was cut off goes on at the next start
  refused INTEGER NOT NULL DEFAULT 0,   -- records, and entries of session files
  last_ms INTEGER                       -- when that happened last
) WITHOUT ROWID;
-- Traces of theirs alone: most of their spans name no session.
CREATE TABLE removed_trace (
  trace_id TEXT PRIMARY KEY,            -- hex
  session_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX removed_trace_session ON removed_trace (session_id);
