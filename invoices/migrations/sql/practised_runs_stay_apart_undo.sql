-- practised_runs_stay_apart_undo.sql: takes the guard away again, with its trigger.
DROP FUNCTION invoices_check_practised_run CASCADE;
