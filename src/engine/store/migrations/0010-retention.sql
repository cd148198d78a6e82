-- Retention: raw records go before facts, and what is gone is remembered where a rebuild would miss it.

-- The points of a body, when it goes.
CREATE INDEX metric_point_body ON metric_point (body);

-- Sessions of which raw records are gone. A rebuild leaves their facts as they are, and adds what remains to them.
CREATE TABLE pruned_session (session_id TEXT PRIMARY KEY) WITHOUT ROWID;

-- Which sender brought a name first, and when: NULL for those known before this version. The signal as in body.
ALTER TABLE name ADD COLUMN signal INTEGER;
ALTER TABLE name ADD COLUMN client INTEGER;
ALTER TABLE name ADD COLUMN first_ms INTEGER;
