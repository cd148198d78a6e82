-- A call that only a session file tells of is written with its running time, and counts among those of its name from then on.
CREATE TRIGGER tool_history_begins AFTER INSERT ON tool_call
WHEN new.run_ms IS NOT NULL AND new.history IS NOT NULL
BEGIN
  INSERT INTO duration_history (kind, name, ms, calls) VALUES ('tool', new.history, new.run_ms, 1)
  ON CONFLICT DO UPDATE SET calls = calls + 1;
END;
