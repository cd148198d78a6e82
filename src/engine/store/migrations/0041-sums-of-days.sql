-- Days of this machine's clock that are over, as whole hours [first, end). While a day stands here, the hour_ tables hold its sums under the hour -first,
-- and a range that holds the day whole reads these instead of those of its hours.
CREATE TABLE fact_day (
  first INTEGER PRIMARY KEY,
  end INTEGER NOT NULL
);
-- The first hour of its day, once that is summed up; 0: its hour is of two days. NULL: its day is not summed up. No day has more than 26 hours.
ALTER TABLE fact_hour ADD COLUMN day INTEGER;
CREATE INDEX fact_hour_dayless ON fact_hour (hour) WHERE day IS NULL;

CREATE TRIGGER fact_hour_leaves_day AFTER UPDATE OF rolled ON fact_hour WHEN new.rolled = 0 AND old.day > 0 BEGIN
  DELETE FROM fact_day WHERE first = old.day;
  UPDATE fact_hour SET day = NULL WHERE day = old.day AND hour BETWEEN old.day AND old.day + 26;
END;
CREATE TRIGGER fact_hour_enters_day AFTER INSERT ON fact_hour BEGIN
  UPDATE fact_hour SET day = NULL
  WHERE hour BETWEEN new.hour - 26 AND new.hour + 26 AND day = (SELECT first FROM fact_day WHERE first <= new.hour AND end > new.hour);
  DELETE FROM fact_day WHERE first BETWEEN new.hour - 26 AND new.hour AND end > new.hour;
END;
CREATE TRIGGER fact_hour_is_gone AFTER DELETE ON fact_hour WHEN old.day > 0 BEGIN
  DELETE FROM fact_day WHERE first = old.day;
  UPDATE fact_hour SET day = NULL WHERE day = old.day AND hour BETWEEN old.day AND old.day + 26;
END;
