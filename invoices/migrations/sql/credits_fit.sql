-- credits_fit.sql: credit notes never give back more than the invoice they correct, however many come at once.

-- What is left is counted as invoices.queries.crediting does: change both.
CREATE FUNCTION invoices_check_credit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    left_pence bigint;
BEGIN
    -- Two credit notes wait for each other here; whoever comes second counts the first.
    PERFORM FROM invoices_invoice i WHERE i.id = NEW.corrects_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(l.amount_pence), 0) INTO left_pence
    FROM invoices_invoice i
    JOIN invoices_invoiceline l ON l.invoice_id = i.id
    WHERE (i.id = NEW.corrects_id OR i.corrects_id = NEW.corrects_id)
        AND NOT (i.kind = 'credit_note' AND l.state = 'rejected');
    IF -NEW.total_pence > left_pence THEN
        RAISE EXCEPTION 'A credit note of % pence is more than the % pence that are left of its invoice.',
            -NEW.total_pence, left_pence
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_credit_fits_its_invoice';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_credit_fits BEFORE INSERT ON invoices_invoice
FOR EACH ROW WHEN (NEW.kind = 'credit_note' AND NEW.total_pence < 0) EXECUTE FUNCTION invoices_check_credit();
