-- Facts of applications other than Codex: what sends telemetry by OpenTelemetry's GenAI conventions, Claude Code and Gemini CLI.
-- Codex's own tables hold nothing of them, so its panels need not leave them out; only `session` lists both: theirs have the kind 'app'.
-- src/model/genai says which record yields which row.

-- One row a model call. Clustered by time, which every panel asks for; the columns that panels sum come first.
CREATE TABLE genai_call (
  start_ns INTEGER NOT NULL,
  trace_id TEXT NOT NULL,           -- hex; '' where the source is a log
  span_id TEXT NOT NULL,            -- hex; of a log: its session, time and number
  duration_ns INTEGER NOT NULL,
  status TEXT NOT NULL,             -- completed, failed
  input_tokens INTEGER NOT NULL,    -- includes cached_tokens and cache_write_tokens
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,   -- includes reasoning_tokens
  reasoning_tokens INTEGER NOT NULL,
  model TEXT,                       -- that answered, else that was asked for
  service TEXT NOT NULL,
  language TEXT,                    -- telemetry.sdk.language of the resource
  cost_usd REAL,                    -- settled; NULL: not priced
  price_version TEXT,               -- settled
  environment TEXT,
  version TEXT,
  provider TEXT,
  operation TEXT NOT NULL,
  request_model TEXT,
  response_model TEXT,
  ttft_ms INTEGER,
  finish_reasons TEXT,              -- JSON
  error_type TEXT,                  -- NULL where completed
  user TEXT,
  session_id TEXT NOT NULL,         -- settled: the conversation, else the one that others of its trace name, else the trace
  conversation TEXT,                -- that the record itself names
  parent_span_id TEXT,
  event TEXT,                       -- of the log that is the source; NULL for a span
  PRIMARY KEY (start_ns, trace_id, span_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX genai_call_span ON genai_call (trace_id, span_id);
CREATE INDEX genai_call_session ON genai_call (session_id);

-- What else happened in such a session: invoke_agent, execute_tool, and the prompts of a command line tool.
CREATE TABLE genai_step (
  start_ns INTEGER NOT NULL,
  trace_id TEXT NOT NULL,           -- as in genai_call
  span_id TEXT NOT NULL,
  duration_ns INTEGER NOT NULL,
  kind TEXT NOT NULL,               -- agent, tool, prompt
  name TEXT,                        -- of the agent or tool
  status TEXT NOT NULL,             -- completed, failed
  error_type TEXT,
  service TEXT NOT NULL,
  language TEXT,
  environment TEXT,
  version TEXT,
  user TEXT,
  call_id TEXT,                     -- gen_ai.tool.call.id
  summary TEXT,                     -- arguments, or the prompt: the first 4,000 characters; NULL where they are not sent
  session_id TEXT NOT NULL,
  conversation TEXT,
  parent_span_id TEXT,
  event TEXT,
  PRIMARY KEY (start_ns, trace_id, span_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX genai_step_span ON genai_step (trace_id, span_id);
CREATE INDEX genai_step_session ON genai_step (session_id);

-- An application that names no conversation has a session a trace: Codex's few must be found among them.
CREATE INDEX session_kind ON session (kind, first_ns);
