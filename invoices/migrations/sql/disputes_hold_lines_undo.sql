-- disputes_hold_lines_undo.sql: takes the guards of disputes and adjustments away again.
DROP TRIGGER invoices_adjustment_stays ON invoices_adjustment;
DROP TRIGGER invoices_dispute_is_answered_once ON invoices_dispute;
DROP TRIGGER invoices_dispute_is_kept ON invoices_dispute;
DROP FUNCTION invoices_check_disputed CASCADE;
