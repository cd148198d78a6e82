-- What a session file told names its file by a number: the ids, which are long, stand once, and not in each of a million rows. The tables are read
-- by the names that they had, as views.
CREATE TABLE rollout (
  file INTEGER PRIMARY KEY,
  session_id TEXT NOT NULL,
  rollout_id TEXT NOT NULL,
  UNIQUE (session_id, rollout_id)
);
INSERT INTO rollout (session_id, rollout_id)
SELECT session_id, rollout_id FROM rollout_turn
UNION SELECT session_id, rollout_id FROM rollout_call
UNION SELECT session_id, rollout_id FROM rollout_step
UNION SELECT session_id, rollout_id FROM rollout_compaction
UNION SELECT session_id, rollout_id FROM rollout_error
UNION SELECT session_id, rollout_id FROM rollout_prompt
UNION SELECT session_id, rollout_id FROM rollout_tool
UNION SELECT session_id, rollout_id FROM rollout_limit
UNION SELECT session_id, rollout_id FROM rollout_credits;
-- task_started; turn_context, the last of the turn; task_complete or turn_aborted
CREATE TABLE file_turn (
  file INTEGER NOT NULL,
  turn_id TEXT NOT NULL,
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
  start_ordinal INTEGER,
  PRIMARY KEY (file, turn_id)
) WITHOUT ROWID;
INSERT INTO file_turn
SELECT file, turn_id, start_ms, trace_id, parent_turn_id, context_window, context_ms, model, effort, approval_policy, sandbox_policy,
  folder, end_ms, state, duration_ms, ttft_ms, error, start_ordinal
FROM rollout_turn JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_turn;
CREATE VIEW rollout_turn AS SELECT session_id, rollout_id, file_turn.* FROM rollout JOIN file_turn USING (file);
-- token_usage_record
CREATE TABLE file_call (
  file INTEGER NOT NULL,
  response_id TEXT NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  PRIMARY KEY (file, response_id)
) WITHOUT ROWID;
INSERT INTO file_call
SELECT file, response_id, turn_id, at_ms, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens
FROM rollout_call JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_call;
CREATE VIEW rollout_call AS SELECT session_id, rollout_id, file_call.* FROM rollout JOIN file_call USING (file);
-- token_count with a meter that moved
CREATE TABLE file_step (
  file INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_tokens INTEGER NOT NULL,
  cache_write_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  reasoning_tokens INTEGER NOT NULL,
  PRIMARY KEY (file, offset)
) WITHOUT ROWID;
INSERT INTO file_step
SELECT file, offset, turn_id, at_ms, input_tokens, cached_tokens, cache_write_tokens, output_tokens, reasoning_tokens
FROM rollout_step JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_step;
CREATE VIEW rollout_step AS SELECT session_id, rollout_id, file_step.* FROM rollout JOIN file_step USING (file);
-- compacted
CREATE TABLE file_compaction (
  file INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  turn_id TEXT,
  response_id TEXT,
  start_ms INTEGER, -- ContextCompaction
  end_ms INTEGER,
  PRIMARY KEY (file, at_ms)
) WITHOUT ROWID;
INSERT INTO file_compaction
SELECT file, at_ms, turn_id, response_id, start_ms, end_ms
FROM rollout_compaction JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_compaction;
CREATE VIEW rollout_compaction AS SELECT session_id, rollout_id, file_compaction.* FROM rollout JOIN file_compaction USING (file);
-- event_msg error; its words stand in the file
CREATE TABLE file_error (
  file INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  error TEXT,                       -- Codex's own word for its class
  PRIMARY KEY (file, offset)
) WITHOUT ROWID;
INSERT INTO file_error
SELECT file, offset, bytes, turn_id, at_ms, error
FROM rollout_error JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_error;
CREATE VIEW rollout_error AS SELECT session_id, rollout_id, file_error.* FROM rollout JOIN file_error USING (file);
-- UserMessage, user_message
CREATE TABLE file_prompt (
  file INTEGER NOT NULL,
  offset INTEGER NOT NULL,          -- and the bytes of its line: there the words are
  bytes INTEGER NOT NULL,
  turn_id TEXT,
  at_ms INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (file, offset)
) WITHOUT ROWID;
INSERT INTO file_prompt
SELECT file, offset, bytes, turn_id, at_ms, length
FROM rollout_prompt JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_prompt;
CREATE VIEW rollout_prompt AS SELECT session_id, rollout_id, file_prompt.* FROM rollout JOIN file_prompt USING (file);
-- called_: function_call and custom_tool_call. said_: their outputs. item_: what ran.
CREATE TABLE file_tool (
  file INTEGER NOT NULL,
  call_id TEXT NOT NULL,
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
  PRIMARY KEY (file, call_id)
) WITHOUT ROWID;
INSERT INTO file_tool
SELECT file, call_id, called_ms, called_turn_id, called_tool, namespace, arguments_length, called_offset, called_bytes, said_ms,
  said_turn_id, said_state, said_exit_code, said_length, said_offset, said_bytes, item_ms, item_turn_id, item_tool, mcp_server, source,
  item_start_ms, item_end_ms, run_ms, item_state, item_exit_code, item_length, script_call_id, files_changed, lines_added, lines_removed,
  item_offset, item_bytes
FROM rollout_tool JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_tool;
CREATE VIEW rollout_tool AS SELECT session_id, rollout_id, file_tool.* FROM rollout JOIN file_tool USING (file);
-- A window of rate_limits
CREATE TABLE file_limit (
  file INTEGER NOT NULL,
  limit_id TEXT NOT NULL,
  window_minutes INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  turn_id TEXT,
  used_percent REAL NOT NULL,
  resets_at_ms INTEGER,
  plan TEXT,
  reached INTEGER NOT NULL,
  name TEXT, -- as the service calls it
  PRIMARY KEY (limit_id, window_minutes, at_ms, file)
) WITHOUT ROWID;
INSERT INTO file_limit
SELECT file, limit_id, window_minutes, at_ms, turn_id, used_percent, resets_at_ms, plan, reached, name
FROM rollout_limit JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_limit;
CREATE VIEW rollout_limit AS SELECT session_id, rollout_id, file_limit.* FROM rollout JOIN file_limit USING (file);
-- Credits of rate_limits
CREATE TABLE file_credits (
  file INTEGER NOT NULL,
  limit_id TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  unlimited INTEGER NOT NULL,
  balance TEXT,
  PRIMARY KEY (limit_id, at_ms, file)
) WITHOUT ROWID;
INSERT INTO file_credits
SELECT file, limit_id, at_ms, unlimited, balance
FROM rollout_credits JOIN rollout USING (session_id, rollout_id);
DROP TABLE rollout_credits;
CREATE VIEW rollout_credits AS SELECT session_id, rollout_id, file_credits.* FROM rollout JOIN file_credits USING (file);
CREATE INDEX file_limit_file ON file_limit (file);
CREATE INDEX file_credits_file ON file_credits (file);
CREATE TRIGGER rollout_gone AFTER DELETE ON rollout BEGIN
  DELETE FROM file_turn WHERE file = OLD.file;
  DELETE FROM file_call WHERE file = OLD.file;
  DELETE FROM file_step WHERE file = OLD.file;
  DELETE FROM file_compaction WHERE file = OLD.file;
  DELETE FROM file_error WHERE file = OLD.file;
  DELETE FROM file_prompt WHERE file = OLD.file;
  DELETE FROM file_tool WHERE file = OLD.file;
  DELETE FROM file_limit WHERE file = OLD.file;
  DELETE FROM file_credits WHERE file = OLD.file;
END;
