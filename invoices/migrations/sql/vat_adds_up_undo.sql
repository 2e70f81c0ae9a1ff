-- vat_adds_up_undo.sql: takes the triggers away again.
DROP TRIGGER invoices_vat_stays ON invoices_invoicevat;
DROP TRIGGER invoices_vat_adds_up ON invoices_invoicevat;
DROP FUNCTION invoices_check_vat();
