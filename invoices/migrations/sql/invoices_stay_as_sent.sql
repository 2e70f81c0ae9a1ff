-- invoices_stay_as_sent.sql: what a provider sent is kept as it came; only a held line may still change, once.

CREATE FUNCTION invoices_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what came in is kept as it came.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER invoices_invoice_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_invoice
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_correction_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_correction
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_request_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_idempotentrequest
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_line_is_kept BEFORE DELETE OR TRUNCATE ON invoices_invoiceline
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_hold_is_kept BEFORE DELETE OR TRUNCATE ON invoices_hold
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();

-- A line changes once: from held to accepted or rejected. An accepted one stands with its entry.
CREATE TRIGGER invoices_line_is_settled_once BEFORE UPDATE ON invoices_invoiceline
FOR EACH ROW WHEN (OLD.state <> 'held' OR NEW.state = 'held' OR OLD.id <> NEW.id
    OR OLD.invoice_id <> NEW.invoice_id OR OLD.line_number <> NEW.line_number)
EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_hold_is_resolved_once BEFORE UPDATE ON invoices_hold
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.state = 'open' OR OLD.line_id <> NEW.line_id OR OLD.reason <> NEW.reason
    OR OLD.opened_at <> NEW.opened_at)
EXECUTE FUNCTION invoices_refuse_change();
