-- credits_fit_undo.sql: takes credits_fit.sql back.

DROP TRIGGER invoices_credit_fits ON invoices_invoice;
DROP FUNCTION invoices_check_credit();
