-- Error records are few among many: to find them by time alone is to read all of a range.
CREATE INDEX log_failed ON log (time_ns) WHERE severity >= 17;
