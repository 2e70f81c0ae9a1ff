-- Undoes practice_stays_apart.sql.
DROP TRIGGER invoices_invoice_is_where_its_key_belongs ON invoices_invoice;
DROP FUNCTION invoices_check_practice();
