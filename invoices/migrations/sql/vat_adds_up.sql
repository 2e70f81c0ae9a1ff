-- vat_adds_up.sql: what an invoice says of VAT is written once, and with the net is what is to be paid.

CREATE FUNCTION invoices_check_vat() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    said bigint;
    total bigint;
BEGIN
    SELECT sum(net_pence + vat_pence) INTO said FROM invoices_invoicevat WHERE invoice_id = NEW.invoice_id;
    SELECT total_pence INTO total FROM invoices_invoice WHERE id = NEW.invoice_id;
    IF said IS DISTINCT FROM total THEN
        RAISE EXCEPTION 'Net and VAT of invoice % make %, not its total of %.', NEW.invoice_id, said, total
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- Deferred: an invoice may have several rates, and all of them are written before it counts.
CREATE CONSTRAINT TRIGGER invoices_vat_adds_up AFTER INSERT ON invoices_invoicevat
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoices_check_vat();

CREATE TRIGGER invoices_vat_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_invoicevat
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
