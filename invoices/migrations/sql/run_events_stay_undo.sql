-- run_events_stay_undo.sql: takes the trigger away again.
DROP TRIGGER invoices_run_event_stays ON invoices_runevent;
