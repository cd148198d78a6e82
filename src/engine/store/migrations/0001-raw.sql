-- Raw records. The body is the record, stored once as received; the other tables are an index into it.
-- Ids in these tables depend on the order of arrival and never leave the engine.

-- Span, event and metric names: a few hundred texts that millions of rows repeat.
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
);

-- A sending process as far as Codex tells: two processes of one version look the same.
CREATE TABLE client (
  id INTEGER PRIMARY KEY,
  service TEXT NOT NULL,
  version TEXT NOT NULL,
  UNIQUE (service, version)
);

CREATE TABLE conversation (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
);

CREATE TABLE body (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,        -- of the protobuf bytes: a repeated request is recognised by it
  signal INTEGER NOT NULL,          -- 1 traces, 2 logs, 3 metrics
  origin INTEGER NOT NULL,          -- 1 received, 2 sample, 3 import
  received_ms INTEGER NOT NULL,
  records INTEGER NOT NULL,
  client INTEGER NOT NULL,
  codec INTEGER NOT NULL,           -- 0 as it is, 1 raw deflate, 2 zstd
  size INTEGER NOT NULL,            -- of the protobuf bytes
  bytes BLOB NOT NULL
);
CREATE INDEX body_received ON body (received_ms);

CREATE TABLE trace (
  id INTEGER PRIMARY KEY,
  trace_id BLOB NOT NULL UNIQUE,
  client INTEGER NOT NULL
);

-- Clustered by trace: a tree is read in one run of pages.
CREATE TABLE span (
  trace INTEGER NOT NULL,
  span_id INTEGER NOT NULL,         -- the 8 bytes as a signed integer
  parent_id INTEGER NOT NULL,       -- 0 for a root
  name INTEGER NOT NULL,
  start_ns INTEGER NOT NULL,
  duration_ns INTEGER,              -- NULL without an end
  flags INTEGER NOT NULL,           -- kind | status << 4 | has events << 6
  body INTEGER NOT NULL,
  at INTEGER NOT NULL,              -- place of the span's length prefix in the body
  PRIMARY KEY (trace, span_id)
) WITHOUT ROWID;

-- The few spans that name a conversation, a turn or a call.
CREATE TABLE span_link (
  trace INTEGER NOT NULL,
  span_id INTEGER NOT NULL,
  conversation INTEGER NOT NULL,    -- 0 where it names none
  kind INTEGER NOT NULL,
  turn_id TEXT,
  call_id TEXT,
  PRIMARY KEY (trace, span_id)
) WITHOUT ROWID;

CREATE TABLE trace_conversation (
  conversation INTEGER NOT NULL,
  trace INTEGER NOT NULL,
  PRIMARY KEY (conversation, trace)
) WITHOUT ROWID;
CREATE INDEX trace_conversation_trace ON trace_conversation (trace);

CREATE TABLE log (
  id INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL,    -- 0 where it names none
  time_ns INTEGER NOT NULL,
  name INTEGER NOT NULL,
  severity INTEGER NOT NULL,
  body INTEGER NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX log_conversation ON log (conversation, time_ns);

CREATE TABLE metric_point (
  id INTEGER PRIMARY KEY,
  name INTEGER NOT NULL,
  time_ns INTEGER NOT NULL,
  body INTEGER NOT NULL,
  at INTEGER NOT NULL               -- place of the metric's length prefix: a look-up decodes the whole metric
);

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;
