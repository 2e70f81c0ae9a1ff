-- codes_stay_as_set_undo.sql: takes back codes_stay_as_set.sql.
DROP FUNCTION reports_check_code CASCADE;
DROP TRIGGER reports_code_stays ON reports_ledgercode;
DELETE FROM reports_ledgercode WHERE council_id IS NULL;
