-- invoices_stay_as_sent_undo.sql: takes the guards away again.
DROP TRIGGER invoices_hold_is_resolved_once ON invoices_hold;
DROP TRIGGER invoices_line_is_settled_once ON invoices_invoiceline;
DROP TRIGGER invoices_hold_is_kept ON invoices_hold;
DROP TRIGGER invoices_line_is_kept ON invoices_invoiceline;
DROP TRIGGER invoices_request_stays ON invoices_idempotentrequest;
DROP TRIGGER invoices_correction_stays ON invoices_correction;
DROP TRIGGER invoices_invoice_stays ON invoices_invoice;
DROP FUNCTION invoices_refuse_change;
