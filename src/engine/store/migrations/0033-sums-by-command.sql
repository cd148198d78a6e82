-- What tool calls took, by what was run: the program and subcommand of a command, else the tool. Filled in the background.
CREATE TABLE hour_command (
  hour INTEGER NOT NULL,
  dimension INTEGER NOT NULL,
  command TEXT NOT NULL,
  calls INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  ran_ms INTEGER NOT NULL,
  PRIMARY KEY (hour, dimension, command)
) WITHOUT ROWID;
UPDATE fact_hour SET rolled = 0 WHERE rolled = 1;
