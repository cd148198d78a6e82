-- What a rule does besides the notification: JSON (src/model/alerts/action.ts), or NULL.
ALTER TABLE alert_rule ADD COLUMN action TEXT;
