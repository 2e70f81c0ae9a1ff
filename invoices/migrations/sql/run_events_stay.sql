-- run_events_stay.sql: who did what with a payment run is written once.
CREATE TRIGGER invoices_run_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_runevent
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_payments();
