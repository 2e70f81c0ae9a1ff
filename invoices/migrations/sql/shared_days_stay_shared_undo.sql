-- shared_days_stay_shared_undo.sql: takes the trigger away again.
DROP TRIGGER invoices_shared_day_stays_shared ON clusters_absence;
DROP FUNCTION invoices_check_absence;
