-- Settled: from the request to the first token. Codex's own `ttft_ms` counts from the response's headers.
ALTER TABLE api_call ADD COLUMN first_token_ms INTEGER;
INSERT INTO unsettled (session_id)
SELECT DISTINCT session_id FROM api_call WHERE ttft_ms IS NOT NULL
ON CONFLICT DO NOTHING;
DROP INDEX api_call_first_item;
CREATE INDEX api_call_first_item ON api_call (model, effort, at_ns, coalesce(first_token_ms, ttft_ms))
WHERE status = 'completed' AND ttft_ms IS NOT NULL;
