-- Of a model call that only a session file tells of: it cannot have begun before, and where the file says so its first item came then.
ALTER TABLE api_call ADD COLUMN begun_after_ns INTEGER;
ALTER TABLE api_call ADD COLUMN first_item_ns INTEGER;
-- Of a call whose approval only the file tells of: from when until when an answer was waited for, at most 60 ms too long.
ALTER TABLE tool_call ADD COLUMN wait_start_ns INTEGER;
ALTER TABLE tool_call ADD COLUMN wait_end_ns INTEGER;
INSERT INTO unsettled (session_id) SELECT DISTINCT session_id FROM rollout_thread WHERE true ON CONFLICT DO NOTHING;
