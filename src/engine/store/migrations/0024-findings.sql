-- What findings ask the user's own history for (src/model/findings): the latest before a moment.
CREATE INDEX decision_of_user ON decision (at_ns) WHERE lower(source) = 'user';
CREATE INDEX api_call_first_item ON api_call (model, effort, at_ns, ttft_ms) WHERE status = 'completed' AND ttft_ms IS NOT NULL;
CREATE INDEX tool_call_run ON tool_call (history, at_ns, run_ms) WHERE run_ms IS NOT NULL;
