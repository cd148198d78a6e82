-- What panels read: the facts summed up by hour, and what a session's numbers can be filtered by.

-- One row for each combination that occurs; '' where a session does not say. Ids never leave the engine.
CREATE TABLE dimension (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  service TEXT NOT NULL,
  environment TEXT NOT NULL,
  originator TEXT NOT NULL,
  terminal TEXT NOT NULL,
  user TEXT NOT NULL,
  project TEXT NOT NULL,            -- the folder that the session works in
  app_version TEXT NOT NULL,
  models TEXT NOT NULL,             -- JSON, of the completed responses
  UNIQUE (kind, service, environment, originator, terminal, user, project, app_version, models)
);
-- Settled; NULL for the moment before.
ALTER TABLE session ADD COLUMN dimension INTEGER;
CREATE INDEX session_last ON session (last_ns, first_ns, dimension);

-- The newest records of a kind of sender, without a look at those of the others.
CREATE INDEX body_client ON body (client, signal);
CREATE INDEX log_body ON log (body, time_ns);

-- Settled: the second record of one broken response, which a stream that breaks writes within a millisecond.
ALTER TABLE api_call ADD COLUMN echo INTEGER NOT NULL DEFAULT 0;
-- Settled: a request beyond the first of its response, and the last one of it. Both NULL where a record is no request for a response.
ALTER TABLE api_attempt ADD COLUMN retry INTEGER;
ALTER TABLE api_attempt ADD COLUMN final INTEGER;

-- Where the time of a turn went (src/model/ledger), as known when the session was last looked at. NULL: nothing received tells.
CREATE TABLE turn_share (
  session_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  share TEXT NOT NULL,
  start_ns INTEGER NOT NULL,        -- of the turn
  ns INTEGER,
  PRIMARY KEY (session_id, number, share)
) WITHOUT ROWID;
-- Sessions whose turns have changed since.
CREATE TABLE unshared (session_id TEXT PRIMARY KEY) WITHOUT ROWID;

-- Hours (Unix time / 3600 s) that have facts. rolled: the hour_ tables hold their sums. Triggers take that back whenever a fact of
-- the hour changes, so a sum can be behind its facts but never wrong: an hour that is not rolled is read from the facts themselves.
CREATE TABLE fact_hour (
  hour INTEGER PRIMARY KEY,
  rolled INTEGER NOT NULL
);
CREATE INDEX fact_hour_due ON fact_hour (hour) WHERE rolled = 0;

-- Lists are blobs of 32-bit integers, little-endian, in no order: percentiles of them are exact.
CREATE TABLE hour_call (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  model TEXT NOT NULL,
  completed INTEGER NOT NULL,
  failed INTEGER NOT NULL,          -- records of failed responses
  broken INTEGER NOT NULL,          -- failed responses, each once
  unpriced INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  cost_usd REAL,
  durations_ms BLOB,
  ttfts_ms BLOB,
  PRIMARY KEY (hour, dimension, model)
) WITHOUT ROWID;

CREATE TABLE hour_attempt (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  model TEXT NOT NULL,
  kind TEXT NOT NULL,
  status INTEGER NOT NULL,          -- of HTTP; 0 where there is none
  attempts INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  retries INTEGER NOT NULL,
  final_failed INTEGER NOT NULL,
  PRIMARY KEY (hour, dimension, model, kind, status)
) WITHOUT ROWID;

CREATE TABLE hour_tool (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  tool TEXT NOT NULL,
  mcp_server TEXT NOT NULL,
  role TEXT NOT NULL,
  finished INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  non_zero INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  runs_ms BLOB,
  PRIMARY KEY (hour, dimension, tool, mcp_server, role)
) WITHOUT ROWID;

CREATE TABLE hour_decision (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  decision TEXT NOT NULL,
  source TEXT NOT NULL,
  decisions INTEGER NOT NULL,
  PRIMARY KEY (hour, dimension, decision, source)
) WITHOUT ROWID;

CREATE TABLE hour_turn (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  state TEXT NOT NULL,
  turns INTEGER NOT NULL,
  durations_ms BLOB,
  PRIMARY KEY (hour, dimension, state)
) WITHOUT ROWID;

CREATE TABLE hour_prompt (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  prompts INTEGER NOT NULL,
  PRIMARY KEY (hour, dimension)
) WITHOUT ROWID;

CREATE TABLE hour_share (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  share TEXT NOT NULL,
  ns INTEGER,
  PRIMARY KEY (hour, dimension, share)
) WITHOUT ROWID;

CREATE TRIGGER api_call_enters_hour AFTER INSERT ON api_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER api_call_changes_hour AFTER UPDATE ON api_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER api_call_leaves_hour AFTER DELETE ON api_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER api_attempt_enters_hour AFTER INSERT ON api_attempt BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER api_attempt_changes_hour AFTER UPDATE ON api_attempt BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER api_attempt_leaves_hour AFTER DELETE ON api_attempt BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER tool_call_enters_hour AFTER INSERT ON tool_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (coalesce(new.at_ns, new.span_end_ns, new.span_start_ns) / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER tool_call_changes_hour AFTER UPDATE ON tool_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (coalesce(old.at_ns, old.span_end_ns, old.span_start_ns) / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (coalesce(new.at_ns, new.span_end_ns, new.span_start_ns) / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER tool_call_leaves_hour AFTER DELETE ON tool_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (coalesce(old.at_ns, old.span_end_ns, old.span_start_ns) / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER decision_enters_hour AFTER INSERT ON decision BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER decision_changes_hour AFTER UPDATE ON decision BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER decision_leaves_hour AFTER DELETE ON decision BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER prompt_enters_hour AFTER INSERT ON prompt BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER prompt_changes_hour AFTER UPDATE ON prompt BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER prompt_leaves_hour AFTER DELETE ON prompt BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.at_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER turn_enters_hour AFTER INSERT ON turn BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER turn_changes_hour AFTER UPDATE ON turn BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER turn_leaves_hour AFTER DELETE ON turn BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER turn_share_enters_hour AFTER INSERT ON turn_share BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER turn_share_changes_hour AFTER UPDATE ON turn_share BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER turn_share_leaves_hour AFTER DELETE ON turn_share BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
-- A session that turns out to be of another dimension takes its facts with it.
CREATE TRIGGER session_changes_dimension AFTER UPDATE OF dimension ON session WHEN old.dimension IS NOT new.dimension BEGIN
  UPDATE fact_hour SET rolled = 0
  WHERE rolled = 1 AND hour BETWEEN min(old.first_ns, new.first_ns) / 3600000000000 AND max(old.last_ns, new.last_ns) / 3600000000000;
END;
-- What an earlier version stored is summed up in the background.
INSERT INTO fact_hour (hour, rolled)
SELECT at_ns / 3600000000000, 0 FROM api_call
UNION SELECT at_ns / 3600000000000, 0 FROM api_attempt
UNION SELECT coalesce(at_ns, span_end_ns, span_start_ns) / 3600000000000, 0 FROM tool_call
  WHERE coalesce(at_ns, span_end_ns, span_start_ns) IS NOT NULL
UNION SELECT at_ns / 3600000000000, 0 FROM decision
UNION SELECT at_ns / 3600000000000, 0 FROM prompt
UNION SELECT start_ns / 3600000000000, 0 FROM turn;
INSERT INTO unsettled (session_id) SELECT id FROM session WHERE true ON CONFLICT DO NOTHING;
