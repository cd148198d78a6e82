-- Figures of calls, settled: what each cost, and how long it ran compared with others of its kind.

-- NULL: not priced. The version is that of the price list that was asked, also where it did not know the model.
ALTER TABLE api_call ADD COLUMN cost_usd REAL;
ALTER TABLE api_call ADD COLUMN price_version TEXT;
ALTER TABLE session ADD COLUMN cost_usd REAL;
ALTER TABLE session ADD COLUMN unpriced_calls INTEGER NOT NULL DEFAULT 0;

-- duration_ms without the wait for a decision, and the name of the history that it belongs to
ALTER TABLE tool_call ADD COLUMN run_ms INTEGER;
ALTER TABLE tool_call ADD COLUMN history TEXT;

-- How many calls of a tool or model took how many milliseconds. The triggers keep it equal to the facts, so that a rank among
-- 600,000 calls is a sum over its durations and not a walk over wide rows.
CREATE TABLE duration_history (
  kind TEXT NOT NULL,               -- tool, model
  name TEXT NOT NULL,
  ms INTEGER NOT NULL,
  calls INTEGER NOT NULL,
  PRIMARY KEY (kind, name, ms)
) WITHOUT ROWID;

CREATE TRIGGER tool_history_leaves AFTER UPDATE OF run_ms, history ON tool_call
WHEN old.run_ms IS NOT NULL AND old.history IS NOT NULL
BEGIN
  UPDATE duration_history SET calls = calls - 1 WHERE kind = 'tool' AND name = old.history AND ms = old.run_ms;
  DELETE FROM duration_history WHERE kind = 'tool' AND name = old.history AND ms = old.run_ms AND calls <= 0;
END;
CREATE TRIGGER tool_history_enters AFTER UPDATE OF run_ms, history ON tool_call
WHEN new.run_ms IS NOT NULL AND new.history IS NOT NULL
BEGIN
  INSERT INTO duration_history (kind, name, ms, calls) VALUES ('tool', new.history, new.run_ms, 1)
  ON CONFLICT DO UPDATE SET calls = calls + 1;
END;
CREATE TRIGGER tool_history_goes AFTER DELETE ON tool_call
WHEN old.run_ms IS NOT NULL AND old.history IS NOT NULL
BEGIN
  UPDATE duration_history SET calls = calls - 1 WHERE kind = 'tool' AND name = old.history AND ms = old.run_ms;
  DELETE FROM duration_history WHERE kind = 'tool' AND name = old.history AND ms = old.run_ms AND calls <= 0;
END;

CREATE TRIGGER model_history_leaves AFTER UPDATE OF duration_ns ON api_call
WHEN old.duration_ns IS NOT NULL AND old.model IS NOT NULL AND old.status = 'completed'
BEGIN
  UPDATE duration_history SET calls = calls - 1
  WHERE kind = 'model' AND name = old.model AND ms = (old.duration_ns + 500000) / 1000000;
  DELETE FROM duration_history
  WHERE kind = 'model' AND name = old.model AND ms = (old.duration_ns + 500000) / 1000000 AND calls <= 0;
END;
CREATE TRIGGER model_history_enters AFTER UPDATE OF duration_ns ON api_call
WHEN new.duration_ns IS NOT NULL AND new.model IS NOT NULL AND new.status = 'completed'
BEGIN
  INSERT INTO duration_history (kind, name, ms, calls)
  VALUES ('model', new.model, (new.duration_ns + 500000) / 1000000, 1)
  ON CONFLICT DO UPDATE SET calls = calls + 1;
END;
CREATE TRIGGER model_history_goes AFTER DELETE ON api_call
WHEN old.duration_ns IS NOT NULL AND old.model IS NOT NULL AND old.status = 'completed'
BEGIN
  UPDATE duration_history SET calls = calls - 1
  WHERE kind = 'model' AND name = old.model AND ms = (old.duration_ns + 500000) / 1000000;
  DELETE FROM duration_history
  WHERE kind = 'model' AND name = old.model AND ms = (old.duration_ns + 500000) / 1000000 AND calls <= 0;
END;

-- What an earlier version settled gets its figures.
INSERT INTO duration_history (kind, name, ms, calls)
SELECT 'model', model, (duration_ns + 500000) / 1000000, count(*) FROM api_call
WHERE duration_ns IS NOT NULL AND model IS NOT NULL AND status = 'completed' GROUP BY 2, 3;
INSERT INTO unsettled (session_id) SELECT id FROM session WHERE true ON CONFLICT DO NOTHING;
