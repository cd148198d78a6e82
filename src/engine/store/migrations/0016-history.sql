-- What Codex's own session files say (src/model/codex/rollout): lengths, times and figures, no word of a person or a model. Each row has
-- the file that it stands in, so that a file can be read anew or forgotten; settling takes each thing once. Times are Unix milliseconds.

-- A file that is read, by the id that it keeps wherever it lies; how far, and what reading it on has to remember.
CREATE TABLE rollout_file (
  rollout_id TEXT PRIMARY KEY,
  home TEXT NOT NULL,
  path TEXT NOT NULL,
  thread_id TEXT NOT NULL,
  archived INTEGER NOT NULL,
  bytes INTEGER NOT NULL,           -- as it lay there when it was last looked at, packed or not
  modified_ms REAL NOT NULL,
  inode INTEGER NOT NULL,
  head TEXT NOT NULL,               -- a hash of the first line: another one, and the file is another
  read_to INTEGER NOT NULL,         -- of the unpacked content
  state TEXT NOT NULL,              -- JSON, RolloutState
  problems INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0   -- its facts stay
) WITHOUT ROWID;

-- session_meta
CREATE TABLE rollout_thread (
  session_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  root_id TEXT,
  parent_id TEXT,
  forked_from_id TEXT,
  base_rollout_id TEXT,
  base_ordinal INTEGER,
  agent_path TEXT,
  originator TEXT,
  version TEXT,
  provider TEXT,
  folder TEXT,
  branch TEXT,
  git_commit TEXT,
  repository TEXT,
  user TEXT,
  PRIMARY KEY (session_id, rollout_id)
) WITHOUT ROWID;

-- task_started; turn_context, the last of the turn; task_complete or turn_aborted
CREATE TABLE rollout_turn (
  session_id TEXT NOT NULL,
  turn_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  start_ms INTEGER,
  trace_id TEXT,
  parent_turn_id TEXT,
  context_window INTEGER,
  context_ms INTEGER,
  model TEXT,
  effort TEXT,
  approval_policy TEXT,
  sandbox_policy TEXT,
  folder TEXT,
  end_ms INTEGER,
  state TEXT,                       -- completed, failed, interrupted
  duration_ms INTEGER,
  ttft_ms INTEGER,
  error TEXT,
  PRIMARY KEY (session_id, turn_id, rollout_id)
) WITHOUT ROWID;

-- token_usage_record
CREATE TABLE rollout_call (
  session_id TEXT NOT NULL,
  response_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  PRIMARY KEY (session_id, response_id, rollout_id)
) WITHOUT ROWID;

-- token_count with a meter that moved
CREATE TABLE rollout_step (
  session_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  offset INTEGER NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  PRIMARY KEY (session_id, rollout_id, offset)
) WITHOUT ROWID;

-- compacted
CREATE TABLE rollout_compaction (
  session_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  turn_id TEXT,
  response_id TEXT,
  PRIMARY KEY (session_id, rollout_id, at_ms)
) WITHOUT ROWID;

-- UserMessage, user_message
CREATE TABLE rollout_prompt (
  session_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  offset INTEGER NOT NULL,          -- and the bytes of its line: there the words are
  bytes INTEGER NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (session_id, rollout_id, offset)
) WITHOUT ROWID;

-- called_: function_call and custom_tool_call. said_: their outputs. item_: what ran.
CREATE TABLE rollout_tool (
  session_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  called_ms INTEGER,
  called_turn_id TEXT,
  called_tool TEXT,
  namespace TEXT,
  arguments_length INTEGER,
  called_offset INTEGER,
  called_bytes INTEGER,
  said_ms INTEGER,
  said_turn_id TEXT,
  said_state TEXT,
  said_exit_code INTEGER,
  said_length INTEGER,
  said_offset INTEGER,
  said_bytes INTEGER,
  item_ms INTEGER,
  item_turn_id TEXT,
  item_tool TEXT,
  mcp_server TEXT,
  source TEXT,
  item_start_ms INTEGER,
  item_end_ms INTEGER,
  run_ms REAL,
  item_state TEXT,
  item_exit_code INTEGER,
  item_length INTEGER,
  script_call_id TEXT,
  files_changed INTEGER,
  lines_added INTEGER,
  lines_removed INTEGER,
  item_offset INTEGER,
  item_bytes INTEGER,
  PRIMARY KEY (session_id, call_id, rollout_id)
) WITHOUT ROWID;

-- SubAgentActivity of kind started
CREATE TABLE rollout_spawn (
  session_id TEXT NOT NULL,         -- of the sub-agent
  rollout_id TEXT NOT NULL,
  parent_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  agent_path TEXT,
  PRIMARY KEY (session_id, rollout_id, call_id)
) WITHOUT ROWID;
CREATE INDEX rollout_spawn_parent ON rollout_spawn (parent_id);

-- A window of rate_limits
CREATE TABLE rollout_limit (
  limit_id TEXT NOT NULL,
  window_minutes INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  rollout_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  turn_id TEXT,
  used_percent REAL NOT NULL,
  resets_at_ms INTEGER,
  plan TEXT,
  reached INTEGER NOT NULL,
  PRIMARY KEY (limit_id, window_minutes, at_ms, rollout_id)
) WITHOUT ROWID;

-- Credits of rate_limits
CREATE TABLE rollout_credits (
  limit_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  rollout_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  unlimited INTEGER NOT NULL,
  balance TEXT,
  PRIMARY KEY (limit_id, at_ms, rollout_id)
) WITHOUT ROWID;

-- A session spans what both witnesses tell. What the telemetry alone says is kept apart: NULL where it never named the session.
ALTER TABLE session ADD COLUMN told_first_ns INTEGER;
ALTER TABLE session ADD COLUMN told_last_ns INTEGER;
UPDATE session SET told_first_ns = first_ns, told_last_ns = last_ns WHERE kind <> 'app';
