-- What the user wants to be told of, and what has been told.
CREATE TABLE alert_rule (
  id TEXT PRIMARY KEY,
  enabled INTEGER NOT NULL,
  watched TEXT NOT NULL,            -- JSON (src/model/alerts/rule.ts)
  revision INTEGER NOT NULL         -- grows when what is watched changes: the breaches of before are over
) WITHOUT ROWID;

-- One row a breach. It fired once, when the row was made.
CREATE TABLE alert (
  id INTEGER PRIMARY KEY,
  rule_id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  key TEXT NOT NULL,
  watched TEXT NOT NULL,            -- as it was then
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER,                 -- NULL: still so
  value REAL NOT NULL,
  words TEXT NOT NULL,
  cause TEXT NOT NULL,              -- JSON
  seen INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX alert_breach ON alert (rule_id, revision, key);
CREATE INDEX alert_started ON alert (started_ms);
