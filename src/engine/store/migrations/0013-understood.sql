-- What a record says of itself, and what of it was not understood.

-- Some record of this client said that it is Codex, whatever the client is called (src/model/codex/sender.ts).
ALTER TABLE client ADD COLUMN codex INTEGER NOT NULL DEFAULT 0;
UPDATE client SET codex = 1 WHERE service GLOB 'codex[-_]*';

-- Whether any record of the session said something that is known; without, its zeros mean nothing.
ALTER TABLE session ADD COLUMN understood INTEGER NOT NULL DEFAULT 0;
UPDATE session SET understood = 1;

-- The call returned while its command went on.
ALTER TABLE tool_call ADD COLUMN running INTEGER;

-- Values that were meant to be counts and are none: they add to nothing.
CREATE TABLE misread (
  client INTEGER NOT NULL,
  signal INTEGER NOT NULL,
  name TEXT NOT NULL,               -- of the event, span or metric
  key TEXT NOT NULL,                -- of the attribute; '' where it is the record's own value
  records INTEGER NOT NULL,
  last_ns INTEGER NOT NULL,
  PRIMARY KEY (client, signal, name, key)
) WITHOUT ROWID;

-- What an earlier version believed: a count is a whole number from 0 to 2147483647, as src/model/counts.ts reads it.
INSERT INTO unsettled (session_id)
SELECT session_id FROM api_call WHERE NOT (
  typeof(input_tokens) = 'integer' AND input_tokens BETWEEN 0 AND 2147483647
  AND typeof(cached_tokens) = 'integer' AND cached_tokens BETWEEN 0 AND input_tokens
  AND typeof(cache_write_tokens) = 'integer' AND cache_write_tokens BETWEEN 0 AND input_tokens
  AND typeof(output_tokens) = 'integer' AND output_tokens BETWEEN 0 AND 2147483647
  AND typeof(reasoning_tokens) = 'integer' AND reasoning_tokens BETWEEN 0 AND output_tokens)
UNION SELECT session_id FROM tool_call WHERE duration_ms IS NOT NULL AND NOT (typeof(duration_ms) = 'integer' AND duration_ms BETWEEN 0 AND 2147483647)
UNION SELECT session_id FROM genai_call WHERE NOT (
  typeof(input_tokens) = 'integer' AND input_tokens BETWEEN 0 AND 2147483647
  AND typeof(cached_tokens) = 'integer' AND cached_tokens BETWEEN 0 AND 2147483647
  AND typeof(cache_write_tokens) = 'integer' AND cache_write_tokens BETWEEN 0 AND 2147483647
  AND typeof(output_tokens) = 'integer' AND output_tokens BETWEEN 0 AND 2147483647
  AND typeof(reasoning_tokens) = 'integer' AND reasoning_tokens BETWEEN 0 AND 2147483647)
ON CONFLICT DO NOTHING;
UPDATE api_call SET input_tokens = 0, price_version = NULL
WHERE NOT (typeof(input_tokens) = 'integer' AND input_tokens BETWEEN 0 AND 2147483647);
UPDATE api_call SET output_tokens = 0, price_version = NULL
WHERE NOT (typeof(output_tokens) = 'integer' AND output_tokens BETWEEN 0 AND 2147483647);
UPDATE api_call SET cached_tokens = 0, price_version = NULL
WHERE NOT (typeof(cached_tokens) = 'integer' AND cached_tokens BETWEEN 0 AND input_tokens);
UPDATE api_call SET cache_write_tokens = 0, price_version = NULL
WHERE NOT (typeof(cache_write_tokens) = 'integer' AND cache_write_tokens BETWEEN 0 AND input_tokens);
UPDATE api_call SET reasoning_tokens = 0, price_version = NULL
WHERE NOT (typeof(reasoning_tokens) = 'integer' AND reasoning_tokens BETWEEN 0 AND output_tokens);
UPDATE api_call SET ttft_ms = NULL WHERE ttft_ms IS NOT NULL AND NOT (typeof(ttft_ms) = 'integer' AND ttft_ms BETWEEN 0 AND 2147483647);
UPDATE api_attempt SET status_code = NULL WHERE status_code IS NOT NULL AND NOT (typeof(status_code) = 'integer' AND status_code BETWEEN 0 AND 2147483647);
UPDATE api_attempt SET duration_ms = NULL WHERE duration_ms IS NOT NULL AND NOT (typeof(duration_ms) = 'integer' AND duration_ms BETWEEN 0 AND 2147483647);
UPDATE tool_call SET duration_ms = NULL, run_ms = NULL
WHERE duration_ms IS NOT NULL AND NOT (typeof(duration_ms) = 'integer' AND duration_ms BETWEEN 0 AND 2147483647);
UPDATE prompt SET length = NULL WHERE length IS NOT NULL AND NOT (typeof(length) = 'integer' AND length BETWEEN 0 AND 2147483647);
UPDATE turn_span SET total_tokens = 0 WHERE total_tokens IS NOT NULL AND NOT (typeof(total_tokens) = 'integer' AND total_tokens BETWEEN 0 AND 2147483647);
UPDATE genai_call SET input_tokens = 0, price_version = NULL
WHERE NOT (typeof(input_tokens) = 'integer' AND input_tokens BETWEEN 0 AND 2147483647);
UPDATE genai_call SET cached_tokens = 0, price_version = NULL
WHERE NOT (typeof(cached_tokens) = 'integer' AND cached_tokens BETWEEN 0 AND 2147483647);
UPDATE genai_call SET cache_write_tokens = 0, price_version = NULL
WHERE NOT (typeof(cache_write_tokens) = 'integer' AND cache_write_tokens BETWEEN 0 AND 2147483647);
UPDATE genai_call SET output_tokens = 0, price_version = NULL
WHERE NOT (typeof(output_tokens) = 'integer' AND output_tokens BETWEEN 0 AND 2147483647);
UPDATE genai_call SET reasoning_tokens = 0, price_version = NULL
WHERE NOT (typeof(reasoning_tokens) = 'integer' AND reasoning_tokens BETWEEN 0 AND 2147483647);
UPDATE genai_call SET ttft_ms = NULL WHERE ttft_ms IS NOT NULL AND NOT (typeof(ttft_ms) = 'integer' AND ttft_ms BETWEEN 0 AND 2147483647);
DELETE FROM metric_minute WHERE NOT (sum BETWEEN -9007199254740992 AND 9007199254740992
  AND typeof(count) = 'integer' AND count BETWEEN 0 AND 2147483647);
