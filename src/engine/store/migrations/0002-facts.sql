-- Facts: narrow tables of real columns that lists, panels and ledgers read. Every column has one source among
-- the records, or is settled: derived from the other facts of its session by src/model/codex/settle.
-- No id here depends on the order of arrival.

-- Columns up to `seen` come from any record that names the session; the rest is settled.
CREATE TABLE session (
  id TEXT PRIMARY KEY,
  first_ns INTEGER NOT NULL,
  last_ns INTEGER NOT NULL,
  service TEXT,
  environment TEXT,
  app_version TEXT,
  originator TEXT,
  terminal TEXT,
  user TEXT,
  sample INTEGER NOT NULL DEFAULT 0,
  seen_spans INTEGER NOT NULL DEFAULT 0,
  kind TEXT NOT NULL DEFAULT 'user',
  parent_id TEXT,
  parent_call_id TEXT,
  title TEXT,
  end_state TEXT NOT NULL DEFAULT 'open',
  busy_ns INTEGER NOT NULL DEFAULT 0,
  open_since_ns INTEGER,
  models TEXT NOT NULL DEFAULT '[]',
  model TEXT,
  effort TEXT,
  folder TEXT,
  approval_policy TEXT,
  sandbox_policy TEXT,
  prompts INTEGER NOT NULL DEFAULT 0,
  turns INTEGER NOT NULL DEFAULT 0,
  api_calls INTEGER NOT NULL DEFAULT 0,
  failed_api_calls INTEGER NOT NULL DEFAULT 0,
  retries INTEGER NOT NULL DEFAULT 0,
  tool_calls INTEGER NOT NULL DEFAULT 0,
  failed_tool_calls INTEGER NOT NULL DEFAULT 0,
  wrapper_calls INTEGER NOT NULL DEFAULT 0,
  cancelled_tool_calls INTEGER NOT NULL DEFAULT 0,
  non_zero_exits INTEGER NOT NULL DEFAULT 0,
  errors INTEGER NOT NULL DEFAULT 0,
  input_tokens INTEGER NOT NULL DEFAULT 0,
  cached_tokens INTEGER NOT NULL DEFAULT 0,
  cache_write_tokens INTEGER NOT NULL DEFAULT 0,
  output_tokens INTEGER NOT NULL DEFAULT 0,
  reasoning_tokens INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX session_first ON session (first_ns);

-- Sessions whose settled columns are behind their facts; settled a moment later, also after a crash.
CREATE TABLE unsettled (session_id TEXT PRIMARY KEY) WITHOUT ROWID;

-- codex.conversation_starts
CREATE TABLE session_start (
  session_id TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  model TEXT,
  effort TEXT,
  provider TEXT,
  approval_policy TEXT,
  sandbox_policy TEXT,
  mcp_servers TEXT,
  PRIMARY KEY (session_id, at_ns)
) WITHOUT ROWID;

-- session_loop and codex.exec: the spans that last as long as the thread or the process
CREATE TABLE session_span (
  session_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  PRIMARY KEY (session_id, kind, start_ns)
) WITHOUT ROWID;

-- codex.user_prompt
CREATE TABLE prompt (
  session_id TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  length INTEGER,
  text TEXT,                        -- the first 4,000 characters; NULL when redacted
  PRIMARY KEY (session_id, at_ns)
) WITHOUT ROWID;

-- session_task.turn
CREATE TABLE turn_span (
  session_id TEXT NOT NULL,
  turn_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  model TEXT,
  effort TEXT,
  total_tokens INTEGER,             -- NULL: the turn was interrupted
  PRIMARY KEY (session_id, turn_id)
) WITHOUT ROWID;
CREATE INDEX turn_span_trace ON turn_span (trace_id);

-- turn/start and turn/interrupt: they name a turn but no session
CREATE TABLE turn_request (
  turn_id TEXT NOT NULL,
  method TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  request_id TEXT,
  PRIMARY KEY (turn_id, method, at_ns)
) WITHOUT ROWID;

-- The first span of the session that names the turn, before the turn's own span arrives.
CREATE TABLE turn_mention (
  session_id TEXT NOT NULL,
  turn_id TEXT NOT NULL,
  first_ns INTEGER NOT NULL,
  PRIMARY KEY (session_id, turn_id)
) WITHOUT ROWID;
CREATE INDEX turn_mention_turn ON turn_mention (turn_id);

-- Settled.
CREATE TABLE turn (
  session_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  turn_id TEXT,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER,
  state TEXT NOT NULL,
  prompt_at_ns INTEGER,
  PRIMARY KEY (session_id, number)
) WITHOUT ROWID;

-- codex.sse_event: response.completed with tokens, or error.message
CREATE TABLE api_call (
  session_id TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  status TEXT NOT NULL,             -- completed, failed
  event_kind TEXT NOT NULL,
  model TEXT,
  effort TEXT,
  input_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  ttft_ms INTEGER,
  tier TEXT,
  error TEXT,
  turn_id TEXT,                     -- settled
  duration_ns INTEGER,              -- settled, from the codex.sampling span; NULL without traces
  PRIMARY KEY (session_id, at_ns, status, event_kind)
) WITHOUT ROWID;

-- codex.api_request, codex.websocket_connect, codex.websocket_request
CREATE TABLE api_attempt (
  session_id TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  kind TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  endpoint TEXT,
  status_code INTEGER,
  success INTEGER NOT NULL,
  duration_ms INTEGER,
  model TEXT,
  error TEXT,
  PRIMARY KEY (session_id, at_ns, kind, attempt)
) WITHOUT ROWID;

-- Log columns from codex.tool_result, span columns from the tool's span.
CREATE TABLE tool_call (
  session_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  tool TEXT,
  namespace TEXT,
  mcp_server TEXT,
  agent TEXT,
  at_ns INTEGER,
  duration_ms INTEGER,
  success INTEGER,
  exit_code INTEGER,
  summary TEXT,
  arguments_length INTEGER,
  output_length INTEGER,
  output_truncated INTEGER,
  span_tool TEXT,
  span_start_ns INTEGER,
  span_end_ns INTEGER,
  aborted INTEGER,
  source TEXT,
  span_turn_id TEXT,
  trace_id TEXT,
  turn_id TEXT,                     -- settled
  parent_call_id TEXT,              -- settled: the code-mode wrapper around a nested call
  role TEXT NOT NULL DEFAULT 'call', -- settled: call, wrapper
  PRIMARY KEY (session_id, call_id)
) WITHOUT ROWID;

-- codex.tool_decision
CREATE TABLE decision (
  session_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  decision TEXT NOT NULL,
  source TEXT,
  tool TEXT,
  PRIMARY KEY (session_id, call_id, at_ns)
) WITHOUT ROWID;

-- codex.sampling
CREATE TABLE sampling (
  session_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  turn_id TEXT,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  PRIMARY KEY (session_id, span_id)
) WITHOUT ROWID;

-- run_sampling_request: one per round of a turn, retries included; it names the turn only
CREATE TABLE model_round (
  turn_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  model TEXT,
  folder TEXT,
  PRIMARY KEY (turn_id, span_id)
) WITHOUT ROWID;

-- codex.compaction; reason and phase stand on its parent, run_auto_compact
CREATE TABLE compaction (
  session_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  parent_span_id TEXT,
  turn_id TEXT,
  start_ns INTEGER NOT NULL,
  end_ns INTEGER NOT NULL,
  PRIMARY KEY (session_id, span_id)
) WITHOUT ROWID;
CREATE TABLE compaction_reason (
  span_id TEXT PRIMARY KEY,
  reason TEXT,
  phase TEXT
) WITHOUT ROWID;

-- codex.agent_communication of kind spawn
CREATE TABLE spawn (
  session_id TEXT PRIMARY KEY,      -- of the sub-agent
  parent_id TEXT NOT NULL,
  at_ns INTEGER NOT NULL,
  message TEXT
) WITHOUT ROWID;

-- guardian_review: the automatic reviewer's own session runs in the same trace
CREATE TABLE review (
  trace_id TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  call_id TEXT NOT NULL,            -- '' where the span names none
  PRIMARY KEY (trace_id, parent_id, call_id)
) WITHOUT ROWID;

-- code_mode.handler.execute joins a cell with the call that made it, code_mode.broker.invoke_tool a trace with a cell
CREATE TABLE code_cell (
  session_id TEXT NOT NULL,
  cell_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  PRIMARY KEY (session_id, cell_id)
) WITHOUT ROWID;
CREATE TABLE code_callback (
  session_id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  cell_id TEXT NOT NULL,
  PRIMARY KEY (session_id, trace_id, cell_id)
) WITHOUT ROWID;

-- OTLP metrics by minute. Delta points add up; of cumulative ones and gauges the latest counts.
CREATE TABLE metric_series (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  temporality TEXT NOT NULL,
  service TEXT NOT NULL,
  labels TEXT NOT NULL,             -- JSON, keys sorted
  bounds TEXT NOT NULL,             -- JSON, histograms only
  UNIQUE (name, kind, unit, temporality, service, labels, bounds)
);
CREATE TABLE metric_minute (
  series INTEGER NOT NULL,
  minute INTEGER NOT NULL,          -- Unix time / 60 s
  count INTEGER NOT NULL,
  sum REAL NOT NULL,
  min REAL,
  max REAL,
  buckets TEXT,                     -- JSON, one count a bucket
  last_ns INTEGER NOT NULL,
  PRIMARY KEY (series, minute)
) WITHOUT ROWID;
