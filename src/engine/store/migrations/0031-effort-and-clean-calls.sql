-- Sums of model calls are also told apart by reasoning effort, and those of tool calls count what succeeded and, of a command, ended with exit
-- code 0: a call that failed may have another one as well. All hours are summed up anew in the background.
DROP TABLE hour_call;
CREATE TABLE hour_call (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  model TEXT NOT NULL,
  effort TEXT NOT NULL,
  completed INTEGER NOT NULL,
  failed INTEGER NOT NULL,          -- records of failed responses
  broken INTEGER NOT NULL,          -- failed responses, each once
  unpriced INTEGER NOT NULL,
  input INTEGER NOT NULL,
  cached INTEGER NOT NULL,
  cache_write INTEGER NOT NULL,
  output INTEGER NOT NULL,
  reasoning INTEGER NOT NULL,
  cost_usd REAL,
  durations_ms BLOB,
  ttfts_ms BLOB,
  PRIMARY KEY (hour, dimension, model, effort)
) WITHOUT ROWID;
ALTER TABLE hour_tool ADD COLUMN clean INTEGER NOT NULL DEFAULT 0;
UPDATE fact_hour SET rolled = 0 WHERE rolled = 1;
