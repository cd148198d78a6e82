-- Several records may tell of one request to a model: what each says is kept in genai_told, and genai_call and genai_step are settled
-- from it (src/model/genai). Counts that nobody reported are NULL, and so is a duration whose times cannot be right.

CREATE TABLE genai_told (
  trace_id TEXT NOT NULL,           -- hex; '' where the source is a log outside of any trace
  span_id TEXT NOT NULL,            -- hex; of a log: its session, time and number
  kind TEXT NOT NULL,               -- call, guess, detail, agent, tool, prompt, mention
  start_ns INTEGER NOT NULL,
  duration_ns INTEGER,
  parent_span_id TEXT,
  above TEXT,                       -- settled: the nearest span above it that tells something, as trace/span
  service TEXT NOT NULL,
  conversation TEXT,                -- that the record itself names
  session_id TEXT,                  -- settled; NULL until then
  request TEXT,                     -- settled: the first telling of the same request; NULL where it tells of none
  event TEXT,                       -- of the log that is the source; NULL for a span
  says TEXT NOT NULL,               -- JSON: everything else
  PRIMARY KEY (trace_id, span_id)
) WITHOUT ROWID;
CREATE INDEX genai_told_session ON genai_told (session_id);
CREATE INDEX genai_told_conversation ON genai_told (conversation, service) WHERE conversation IS NOT NULL;

-- Ids of answers and requests, by which records find together.
CREATE TABLE genai_told_id (
  id TEXT NOT NULL,
  service TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  span_id TEXT NOT NULL,
  PRIMARY KEY (id, service, trace_id, span_id)
) WITHOUT ROWID;
CREATE INDEX genai_told_id_of ON genai_told_id (trace_id, span_id);
CREATE TRIGGER genai_told_goes AFTER DELETE ON genai_told
BEGIN
  DELETE FROM genai_told_id WHERE trace_id = old.trace_id AND span_id = old.span_id;
END;

-- What an earlier version knew is told by one record each.
INSERT INTO genai_told (trace_id, span_id, kind, start_ns, duration_ns, parent_span_id, service, conversation, session_id, event, says)
SELECT trace_id, span_id, 'call', start_ns, duration_ns, parent_span_id, service, conversation, NULL, event, json_object(
    'version', version, 'language', language, 'environment', environment, 'user', user, 'status', status, 'errorType', error_type,
    'name', NULL, 'callId', NULL, 'summary', NULL, 'provider', provider, 'operation', operation, 'requestModel', request_model,
    'responseModel', response_model, 'ids', json_array(), 'usage', json_object('inputTokens', nullif(input_tokens, 0),
      'cachedTokens', cached_tokens, 'cacheWriteTokens', cache_write_tokens, 'hourWriteTokens', NULL,
      'outputTokens', nullif(output_tokens, 0), 'reasoningTokens', reasoning_tokens),
    'ttftMs', ttft_ms, 'reportedCostUsd', NULL, 'finishReasons', iif(json_valid(finish_reasons), json(finish_reasons), NULL), 'within', NULL)
FROM genai_call;
INSERT INTO genai_told (trace_id, span_id, kind, start_ns, duration_ns, parent_span_id, service, conversation, session_id, event, says)
SELECT trace_id, span_id, kind, start_ns, duration_ns, parent_span_id, service, conversation, NULL, event, json_object(
    'version', version, 'language', language, 'environment', environment, 'user', user, 'status', status, 'errorType', error_type,
    'name', name, 'callId', call_id, 'summary', summary, 'provider', NULL, 'operation', 'chat', 'requestModel', NULL,
    'responseModel', NULL, 'ids', json_array(), 'usage', json_object('inputTokens', NULL, 'cachedTokens', NULL,
      'cacheWriteTokens', NULL, 'hourWriteTokens', NULL, 'outputTokens', NULL, 'reasoningTokens', NULL),
    'ttftMs', NULL, 'reportedCostUsd', NULL, 'finishReasons', NULL, 'within', NULL)
FROM genai_step WHERE true ON CONFLICT DO NOTHING;
INSERT INTO unsettled (session_id)
SELECT session_id FROM genai_call UNION SELECT session_id FROM genai_step UNION
SELECT iif(trace_id = '', conversation, trace_id) FROM genai_told WHERE true ON CONFLICT DO NOTHING;

DROP TABLE genai_call;
CREATE TABLE genai_call (
  start_ns INTEGER NOT NULL,
  trace_id TEXT NOT NULL,           -- of the record that says the most, as in genai_told
  span_id TEXT NOT NULL,
  duration_ns INTEGER,              -- NULL: not known
  status TEXT NOT NULL,             -- completed, failed
  input_tokens INTEGER,             -- includes cached_tokens and cache_write_tokens; NULL, as all counts: not reported
  cached_tokens INTEGER,
  cache_write_tokens INTEGER,
  hour_write_tokens INTEGER,        -- of the written ones, those that are kept for an hour
  output_tokens INTEGER,            -- includes reasoning_tokens
  reasoning_tokens INTEGER,
  model TEXT,                       -- that answered, else that was asked for
  service TEXT NOT NULL,
  language TEXT,                    -- telemetry.sdk.language of the resource
  cost_usd REAL,                    -- NULL: not priced
  price_version TEXT,
  reported_cost_usd REAL,           -- as the sender reckons
  environment TEXT,
  version TEXT,
  provider TEXT,
  operation TEXT NOT NULL,
  request_model TEXT,
  response_model TEXT,
  ttft_ms REAL,
  finish_reasons TEXT,              -- JSON
  error_type TEXT,                  -- NULL where completed
  user TEXT,
  session_id TEXT NOT NULL,
  conversation TEXT,
  parent_span_id TEXT,
  event TEXT,                       -- of the log that is the source; NULL for a span
  ids TEXT NOT NULL,                -- JSON: of its answer and request
  records TEXT NOT NULL,            -- JSON: the other records that tell of it, as trace/span
  PRIMARY KEY (start_ns, trace_id, span_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX genai_call_span ON genai_call (trace_id, span_id);
CREATE INDEX genai_call_session ON genai_call (session_id);

DROP TABLE genai_step;
CREATE TABLE genai_step (
  start_ns INTEGER NOT NULL,
  trace_id TEXT NOT NULL,           -- as in genai_call
  span_id TEXT NOT NULL,
  duration_ns INTEGER,
  kind TEXT NOT NULL,               -- agent, tool, prompt
  name TEXT,                        -- of the agent or tool
  status TEXT NOT NULL,             -- completed, failed
  error_type TEXT,
  service TEXT NOT NULL,
  language TEXT,
  environment TEXT,
  version TEXT,
  user TEXT,
  call_id TEXT,
  summary TEXT,                     -- arguments, or the prompt: the first 4,000 characters; NULL where they are not sent
  session_id TEXT NOT NULL,
  conversation TEXT,
  parent_span_id TEXT,
  event TEXT,
  records TEXT NOT NULL,            -- JSON
  PRIMARY KEY (start_ns, trace_id, span_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX genai_step_span ON genai_step (trace_id, span_id);
CREATE INDEX genai_step_session ON genai_step (session_id);

-- Calls of which nothing says what they used: their session's cost leaves them out.
ALTER TABLE session ADD COLUMN unreported_calls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN reported_cost_usd REAL;

-- What cumulative series had reached, point for point: their minutes hold growth, which a point that comes late changes.
CREATE TABLE metric_level (
  series INTEGER NOT NULL,
  start_ns INTEGER NOT NULL,
  time_ns INTEGER NOT NULL,
  count INTEGER NOT NULL,
  sum REAL NOT NULL,
  buckets TEXT,                     -- JSON, one count a bucket
  PRIMARY KEY (series, start_ns, time_ns)
) WITHOUT ROWID;
CREATE INDEX metric_level_time ON metric_level (series, time_ns);
