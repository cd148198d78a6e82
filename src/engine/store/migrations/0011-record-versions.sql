-- Drawn anew in every transaction that adds, moves or takes away spans of the conversation's traces, or logs of its own, so that
-- what was made from them can be kept for as long as it is true. A random number: it never comes back, whatever was deleted or
-- restored meanwhile, and needs no counter. 0 for those that nothing has changed since this version.
ALTER TABLE conversation ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
