-- Settled: how long of the turn the machine slept or stood still while a call was under way (src/model/codex/away.ts).
ALTER TABLE turn ADD COLUMN away_ns INTEGER NOT NULL DEFAULT 0;
INSERT INTO unsettled (session_id)
SELECT DISTINCT session_id FROM tool_call WHERE span_end_ns - span_start_ns - duration_ms * 1000000 > 5000000000
ON CONFLICT DO NOTHING;
