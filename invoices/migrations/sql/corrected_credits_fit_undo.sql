-- corrected_credits_fit_undo.sql: takes back corrected_credits_fit.sql.
DROP TRIGGER invoices_corrected_credit_fits ON invoices_invoiceline;
DROP FUNCTION invoices_check_corrected_credit();
