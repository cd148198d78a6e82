-- The attribute `batch` of a session's spans: what `otel.span_attributes` of a run says that it belongs to.
ALTER TABLE session ADD COLUMN batch TEXT;
