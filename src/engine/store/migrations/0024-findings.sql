-- What findings ask the user's own history for (src/model/findings): answers about commands, by time.
CREATE INDEX decision_of_user ON decision (at_ns) WHERE lower(source) = 'user';
