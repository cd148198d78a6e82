-- Findings (src/model/findings) of each session as known when it was last looked at, so that months of them can be added up.
CREATE TABLE finding (
  session_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at_ns INTEGER NOT NULL,           -- of the first row that it names
  lost_ns INTEGER NOT NULL,
  lost_usd REAL,
  confidence TEXT NOT NULL,
  times INTEGER NOT NULL,
  title TEXT NOT NULL,
  row_ids TEXT NOT NULL,            -- JSON
  fix TEXT,                         -- hint, config, rule
  PRIMARY KEY (session_id, kind, subject)
) WITHOUT ROWID;
CREATE INDEX finding_at ON finding (at_ns, kind, subject, lost_ns, lost_usd, times, confidence);

-- Sessions whose findings are behind what they are made of.
CREATE TABLE unfound (session_id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO unfound (session_id) SELECT id FROM session WHERE kind <> 'app';
-- The first hour (Unix time / 3600 s) whose facts have changed: what began since compares itself with them.
CREATE TABLE finding_stale (one INTEGER PRIMARY KEY, hour INTEGER NOT NULL);

-- What a helper costs is a finding of the session that it belongs to.
CREATE TRIGGER session_leaves_parent AFTER UPDATE OF parent_id ON session
WHEN old.parent_id IS NOT new.parent_id AND old.parent_id IS NOT NULL BEGIN
  INSERT INTO unfound (session_id) SELECT id FROM session WHERE id = old.parent_id ON CONFLICT DO NOTHING;
END;
CREATE TRIGGER session_goes_from_parent AFTER DELETE ON session WHEN old.parent_id IS NOT NULL BEGIN
  INSERT INTO unfound (session_id) SELECT id FROM session WHERE id = old.parent_id ON CONFLICT DO NOTHING;
END;

-- "Not a problem": of one session, or of all where session_id is ''. The user's own word, which no rebuild takes away.
CREATE TABLE finding_dismissal (
  session_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (session_id, kind, subject)
) WITHOUT ROWID;

-- When the user applied what a finding proposes, or took it back: what was lost before and since is counted from here.
CREATE TABLE finding_fix (
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (kind, subject)
) WITHOUT ROWID;
