-- disputes_hold_lines.sql: what a member disputes is held while it can be; what was said, and what was answered, stays.

-- An accepted line is held because a member disputes it, and only as long as nobody has agreed to pay it. The line is
-- locked first, then the run it is in: so nobody puts it into a payment, or approves that, at the same moment.
CREATE FUNCTION invoices_check_disputed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    line record;
    run uuid;
    run_state text;
BEGIN
    SELECT l.state, l.amount_pence, l.corrects_line INTO line
    FROM invoices_invoiceline l WHERE l.id = NEW.line_id FOR NO KEY UPDATE;
    IF line.state IS DISTINCT FROM 'accepted' OR line.amount_pence <= 0 OR line.corrects_line IS NOT NULL THEN
        RAISE EXCEPTION 'Only an accepted line of an invoice is disputed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_disputed_line_is_accepted';
    END IF;
    SELECT p.run_id INTO run
    FROM invoices_paymentitem i JOIN invoices_payment p ON p.id = i.payment_id
    WHERE i.line_id = NEW.line_id AND i.is_live;
    SELECT r.state INTO run_state FROM invoices_paymentrun r WHERE r.id = run FOR NO KEY UPDATE;
    IF run_state IN ('approved', 'sent', 'paid') THEN
        RAISE EXCEPTION 'This line is paid, or on its way to be.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_disputed_line_is_not_paid_yet';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_disputed_line_can_be_held BEFORE INSERT ON invoices_hold
FOR EACH ROW WHEN (NEW.reason = 'visit_disputed') EXECUTE FUNCTION invoices_check_disputed();

CREATE TRIGGER invoices_dispute_is_kept BEFORE DELETE OR TRUNCATE ON invoices_dispute
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_dispute_is_answered_once BEFORE UPDATE ON invoices_dispute
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.state = 'open'
    OR (OLD.id, OLD.line_id, OLD.membership_id, OLD.words, OLD.said_at, OLD.said_by, OLD.hold_id)
        IS DISTINCT FROM (NEW.id, NEW.line_id, NEW.membership_id, NEW.words, NEW.said_at, NEW.said_by, NEW.hold_id))
EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_adjustment_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_adjustment
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
