-- The calls of an hour, of a session that has a hundred thousand: for each hour four times all of them were looked at.
CREATE INDEX tool_call_moment ON tool_call (session_id, coalesce(at_ns, span_end_ns, span_start_ns));
