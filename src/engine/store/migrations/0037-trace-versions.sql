-- As `conversation.version`, of the spans and links of one trace: of a session that grows only the traces that changed are read again.
ALTER TABLE trace ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
