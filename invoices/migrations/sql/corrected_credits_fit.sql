-- corrected_credits_fit.sql: nor does a credit line give back more than its invoice has once it is put right.

CREATE FUNCTION invoices_check_corrected_credit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    credited_id uuid;
    left_pence bigint;
BEGIN
    SELECT i.corrects_id INTO credited_id FROM invoices_invoice i WHERE i.id = NEW.invoice_id AND i.kind = 'credit_note';
    IF credited_id IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM FROM invoices_invoice i WHERE i.id = credited_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(l.amount_pence), 0) INTO left_pence
    FROM invoices_invoice i
    JOIN invoices_invoiceline l ON l.invoice_id = i.id
    WHERE (i.id = credited_id OR i.corrects_id = credited_id) AND NOT (i.kind = 'credit_note' AND l.state = 'rejected');
    IF left_pence < 0 THEN
        RAISE EXCEPTION 'The credit notes of an invoice would give back % pence more than it came to.', -left_pence
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_credit_fits_its_invoice';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_corrected_credit_fits AFTER UPDATE OF amount_pence, state ON invoices_invoiceline
FOR EACH ROW WHEN (NEW.amount_pence < 0 AND (NEW.amount_pence < OLD.amount_pence OR OLD.state = 'rejected'))
EXECUTE FUNCTION invoices_check_corrected_credit();
