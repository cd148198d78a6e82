-- What the user says of sessions. Keyed by their ids alone, so that no rebuild, no reading anew and no forgetting takes it away.
CREATE TABLE user_mark (
  session_id TEXT PRIMARY KEY,
  name TEXT,
  starred INTEGER NOT NULL DEFAULT 0,
  note TEXT
) WITHOUT ROWID;
CREATE TABLE user_tag (
  session_id TEXT NOT NULL,
  tag TEXT NOT NULL,
  PRIMARY KEY (session_id, tag)
) WITHOUT ROWID;
CREATE INDEX user_tag_tag ON user_tag (tag);

-- Helpers go with the session that they belong to.
CREATE INDEX session_parent ON session (parent_id) WHERE parent_id IS NOT NULL;

-- What a session's spans and logs say beside what Codex itself says (src/model/codex/session-attributes.ts): of `otel.span_attributes`, of
-- the resource, and of what hooks send. Of sessions that were stored before, a rebuild of the facts finds them.
CREATE TABLE session_attribute (
  session_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (session_id, key, value)
) WITHOUT ROWID;
CREATE INDEX session_attribute_key ON session_attribute (key, value);
