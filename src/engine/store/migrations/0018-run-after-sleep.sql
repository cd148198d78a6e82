-- An approval that waited through a sleep of the machine was taken off a call's running time as if the machine had been awake: settle anew.
INSERT INTO unsettled (session_id)
SELECT DISTINCT session_id FROM tool_call
WHERE span_end_ns - span_start_ns - duration_ms * 1000000 > 5000000000
  AND EXISTS (SELECT 1 FROM decision WHERE decision.session_id = tool_call.session_id AND decision.call_id = tool_call.call_id)
ON CONFLICT DO NOTHING;
