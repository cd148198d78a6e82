-- Lists over all sessions: logs by time, with what facets count, and failures by time.
CREATE INDEX log_time ON log (time_ns, name, severity);
CREATE INDEX api_call_failed ON api_call (at_ns) WHERE status = 'failed';
CREATE INDEX api_attempt_failed ON api_attempt (at_ns) WHERE success = 0;
CREATE INDEX tool_call_failed ON tool_call (at_ns) WHERE success = 0;
