-- Forwarding: every received body goes, unchanged and in order, to the destinations that want its signal.

CREATE TABLE forward_destination (
  id TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL               -- JSON of model/forwarding/destination.ts, header values included: never leaves the engine whole
);

-- What at least one destination has not got yet. Written in the transaction that stores the body.
CREATE TABLE forward_queue (
  seq INTEGER PRIMARY KEY,          -- order of arrival; never used again while a cursor stands at it
  signal INTEGER NOT NULL,          -- as in body
  body INTEGER,                     -- the stored body; NULL where forward_original keeps what was received
  received_ms INTEGER NOT NULL,
  records INTEGER NOT NULL,
  size INTEGER NOT NULL             -- bytes that it holds on disk
);
CREATE INDEX forward_queue_signal ON forward_queue (signal);
CREATE INDEX forward_queue_body ON forward_queue (body);

-- The bytes as received, where the stored ones differ: OTLP/JSON, values cut to the limits or masked.
CREATE TABLE forward_original (
  seq INTEGER PRIMARY KEY,
  json INTEGER NOT NULL,            -- 1 OTLP/JSON, 0 protobuf
  codec INTEGER NOT NULL,           -- as in body
  bytes BLOB NOT NULL
);
CREATE TRIGGER forward_queue_done AFTER DELETE ON forward_queue BEGIN
  DELETE FROM forward_original WHERE seq = OLD.seq;
END;

-- How far each destination is, and what became of what it passed. Counts are records unless their name says otherwise.
CREATE TABLE forward_cursor (
  destination TEXT NOT NULL,
  signal INTEGER NOT NULL,
  seq INTEGER NOT NULL,             -- everything up to it is done with
  sent INTEGER NOT NULL,
  sent_requests INTEGER NOT NULL,
  sent_ms INTEGER,                  -- last
  refused INTEGER NOT NULL,
  refused_ms INTEGER,               -- last
  refusal TEXT,                     -- the last one's words
  dropped INTEGER NOT NULL,
  dropped_bytes INTEGER NOT NULL,
  dropped_from_ms INTEGER,          -- received; of the earliest and the latest that was dropped
  dropped_to_ms INTEGER,
  PRIMARY KEY (destination, signal)
) WITHOUT ROWID;

-- Bodies that retention must leave: they are still to be sent.
CREATE VIEW forward_held AS SELECT body FROM forward_queue WHERE body IS NOT NULL;
