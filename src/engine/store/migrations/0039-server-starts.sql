-- `codex.conversation_starts` lies in the trace that starts the session, and so do the spans of what is started with it. Of sessions that were
-- stored before, a rebuild of the facts finds all of this.
ALTER TABLE session_start ADD COLUMN trace_id TEXT;
CREATE INDEX session_start_trace ON session_start (trace_id) WHERE trace_id IS NOT NULL;

-- `start_server_task`: the start of an MCP server, by its trace.
CREATE TABLE server_start (
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  server TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  PRIMARY KEY (trace_id, span_id)
) WITHOUT ROWID;

-- `mcp.runtime.resolve_for_step`, where a step of a turn waited for MCP servers: for a second at most, Codex 0.169.0 to 0.171.0.
CREATE TABLE server_wait (
  turn_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  PRIMARY KEY (turn_id, span_id)
) WITHOUT ROWID;
