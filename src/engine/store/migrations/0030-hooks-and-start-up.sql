-- What another program (a hook) sends for a session: a span or a log that names the conversation. No record of Codex itself stands here.
-- `span_id` is '' for a log. Of sessions that were stored before, a rebuild of the facts finds them.
CREATE TABLE hook_step (
  session_id TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  span_id TEXT NOT NULL,
  name TEXT NOT NULL,
  end_ns INTEGER NOT NULL,
  service TEXT NOT NULL,
  turn_id TEXT,
  call_id TEXT,
  PRIMARY KEY (session_id, start_ns, span_id, name)
) WITHOUT ROWID;

-- From `codex.startup_phase`, which is written when a phase is over.
CREATE TABLE startup_phase (
  session_id TEXT NOT NULL,
  phase TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  PRIMARY KEY (session_id, phase, start_ns)
) WITHOUT ROWID;
