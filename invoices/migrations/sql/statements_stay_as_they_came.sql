-- statements_stay_as_they_came.sql: a bank statement adds up, follows the one before, and each line is settled once.

CREATE TRIGGER invoices_statement_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_bankstatement
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_payments();
CREATE TRIGGER invoices_bank_line_is_kept BEFORE DELETE OR TRUNCATE ON invoices_bankline
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_payments();
CREATE TRIGGER invoices_bank_line_is_settled_once BEFORE UPDATE ON invoices_bankline
FOR EACH ROW WHEN (OLD.state <> 'open' OR NEW.state = 'open'
    OR (OLD.id, OLD.statement_id, OLD.place, OLD.booking_date, OLD.amount_pence, OLD.reference, OLD.counterparty,
        OLD.bank_ref, OLD.is_reversal)
        IS DISTINCT FROM
       (NEW.id, NEW.statement_id, NEW.place, NEW.booking_date, NEW.amount_pence, NEW.reference, NEW.counterparty,
        NEW.bank_ref, NEW.is_reversal))
EXECUTE FUNCTION invoices_keep_payments();

-- Checked when all of it is there: at COMMIT.
CREATE FUNCTION invoices_check_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moved bigint;
    before bigint;
BEGIN
    SELECT coalesce(sum(l.amount_pence), 0) INTO moved FROM invoices_bankline l WHERE l.statement_id = NEW.id;
    IF NEW.opening_pence + moved <> NEW.closing_pence THEN
        PERFORM invoices_refuse_payment('Opening and lines are not the closing.', 'invoices_statement_adds_up');
    END IF;
    IF NEW.place > 1 THEN
        SELECT s.closing_pence INTO before FROM invoices_bankstatement s
        WHERE s.council_id = NEW.council_id AND s.sort_code = NEW.sort_code AND s.account_number = NEW.account_number
            AND s.place = NEW.place - 1;
        IF before IS DISTINCT FROM NEW.opening_pence THEN
            PERFORM invoices_refuse_payment('It does not open at what the one before closed at.', 'invoices_statement_follows');
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoices_statement_adds_up AFTER INSERT ON invoices_bankstatement
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoices_check_statement();

-- A line comes with its statement, open; one that is put beside it later would make it add up no more.
CREATE FUNCTION invoices_check_bank_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM new_lines n WHERE n.state <> 'open') THEN
        PERFORM invoices_refuse_payment('A line begins open.', 'invoices_bank_line_begins_open');
    END IF;
    IF EXISTS (
        SELECT FROM invoices_bankstatement s JOIN invoices_bankline l ON l.statement_id = s.id
        WHERE s.id IN (SELECT n.statement_id FROM new_lines n)
        GROUP BY s.id HAVING s.opening_pence + sum(l.amount_pence) <> s.closing_pence) THEN
        PERFORM invoices_refuse_payment('Opening and lines are not the closing.', 'invoices_statement_adds_up');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_bank_lines_come_together AFTER INSERT ON invoices_bankline
REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION invoices_check_bank_lines();

-- What a line settles is what it says: the same money, of the same council, on the same day.
CREATE FUNCTION invoices_check_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its_council uuid;
    settled bigint;
BEGIN
    SELECT s.council_id INTO its_council FROM invoices_bankstatement s WHERE s.id = NEW.statement_id;
    SELECT sum(p.amount_pence) INTO settled
    FROM invoices_payment p JOIN invoices_paymentrun r ON r.id = p.run_id
    WHERE r.council_id = its_council AND CASE NEW.state
        WHEN 'returned' THEN p.id = NEW.payment_id AND p.state = 'returned' AND p.back_date = NEW.booking_date
        ELSE (p.id = NEW.payment_id OR r.id = NEW.run_id)
            AND p.state IN ('paid', 'returned') AND p.paid_date = NEW.booking_date END;
    IF NEW.state IN ('paid', 'returned') AND settled IS DISTINCT FROM abs(NEW.amount_pence) THEN
        PERFORM invoices_refuse_payment('It is not the same money, or not the same day.', 'invoices_bank_line_ties');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoices_bank_line_ties AFTER UPDATE ON invoices_bankline
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoices_check_bank_line();

-- A payment comes back by an entry of its own: the exact opposite of the one that paid it.
CREATE FUNCTION invoices_check_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_entry e WHERE e.id = NEW.back_entry_id AND e.key = 'pay-back:' || NEW.id AND e.kind = 'pay')
        OR EXISTS (
            (SELECT t.source_id, t.target_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = NEW.entry_id
             EXCEPT SELECT t.target_id, t.source_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = NEW.back_entry_id)
            UNION ALL
            (SELECT t.target_id, t.source_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = NEW.back_entry_id
             EXCEPT SELECT t.source_id, t.target_id, t.amount_pence FROM ledger_transfer t WHERE t.entry_id = NEW.entry_id)) THEN
        PERFORM invoices_refuse_payment('The books do not bring back what this payment paid.', 'invoices_payment_is_returned_in_full');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_payment_is_returned_in_full BEFORE UPDATE ON invoices_payment
FOR EACH ROW WHEN (NEW.state = 'returned') EXECUTE FUNCTION invoices_check_return();
