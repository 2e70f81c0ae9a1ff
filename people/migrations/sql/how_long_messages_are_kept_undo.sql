-- how_long_messages_are_kept_undo.sql: takes the rows away that came along; a council's own stay.
ALTER TABLE people_policyvalue DISABLE TRIGGER USER;
DELETE FROM people_policyvalue WHERE council_id IS NULL AND code IN ('webhook_log_days', 'kept_answers_days');
ALTER TABLE people_policyvalue ENABLE TRIGGER USER;
