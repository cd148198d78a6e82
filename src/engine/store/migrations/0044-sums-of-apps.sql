-- What applications other than Codex did, summed up by hour as Codex's facts are (0005-panels.sql). Filled in the background.
CREATE TABLE hour_app_call (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  service TEXT NOT NULL,
  language TEXT NOT NULL,
  model TEXT NOT NULL,
  provider TEXT NOT NULL,
  finish_reasons TEXT NOT NULL,     -- JSON
  calls INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  unpriced INTEGER NOT NULL,
  unreported INTEGER NOT NULL,      -- completed calls that report no usage
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  cacheable INTEGER NOT NULL,       -- input of the calls that report cached tokens
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  cost_usd REAL,
  reported_cost_usd REAL,
  durations_ms BLOB,
  PRIMARY KEY (hour, dimension, service, language, model, provider, finish_reasons)
) WITHOUT ROWID;

CREATE TABLE hour_agent (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  agent TEXT NOT NULL,
  service TEXT NOT NULL,
  runs INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  durations_ms BLOB,
  PRIMARY KEY (hour, dimension, agent, service)
) WITHOUT ROWID;

CREATE TRIGGER genai_call_enters_hour AFTER INSERT ON genai_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER genai_call_changes_hour AFTER UPDATE ON genai_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER genai_call_leaves_hour AFTER DELETE ON genai_call BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER agent_enters_hour AFTER INSERT ON genai_step WHEN new.kind = 'agent' BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER agent_changes_hour AFTER UPDATE ON genai_step WHEN 'agent' IN (old.kind, new.kind) BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
  INSERT INTO fact_hour (hour, rolled) VALUES (new.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
CREATE TRIGGER agent_leaves_hour AFTER DELETE ON genai_step WHEN old.kind = 'agent' BEGIN
  INSERT INTO fact_hour (hour, rolled) VALUES (old.start_ns / 3600000000000, 0)
  ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;
END;
INSERT INTO fact_hour (hour, rolled)
SELECT start_ns / 3600000000000, 0 FROM genai_call
UNION SELECT start_ns / 3600000000000, 0 FROM genai_step WHERE kind = 'agent'
ON CONFLICT DO UPDATE SET rolled = 0 WHERE rolled = 1;

-- The newest failures of all, without a look at what went well.
CREATE INDEX genai_call_failed ON genai_call (start_ns) WHERE status = 'failed';
CREATE INDEX genai_step_failed ON genai_step (start_ns) WHERE status = 'failed';
