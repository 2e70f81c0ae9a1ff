-- payments_are_held.sql: a payment run goes its way in order, pays accepted lines once and in full, and stays as agreed.

CREATE FUNCTION invoices_refuse_payment(why text, held_by text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = held_by;
END $$;

CREATE FUNCTION invoices_keep_payments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was paid, and for what, is kept.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER invoices_run_is_kept BEFORE DELETE OR TRUNCATE ON invoices_paymentrun
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_payments();
CREATE TRIGGER invoices_payment_is_kept BEFORE DELETE OR TRUNCATE ON invoices_payment
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_payments();
CREATE TRIGGER invoices_item_is_kept BEFORE DELETE OR TRUNCATE ON invoices_paymentitem
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_payments();
CREATE TRIGGER invoices_paying_account_is_kept BEFORE DELETE OR TRUNCATE ON invoices_payingaccount
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_payments();
CREATE TRIGGER invoices_paying_account_is_ended_once BEFORE UPDATE ON invoices_payingaccount
FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL
    OR (OLD.id, OLD.council_id, OLD.account_name, OLD.sort_code, OLD.account_number, OLD.service_user_number)
        IS DISTINCT FROM
       (NEW.id, NEW.council_id, NEW.account_name, NEW.sort_code, NEW.account_number, NEW.service_user_number))
EXECUTE FUNCTION invoices_keep_payments();

-- Lines of a run that may not be paid: somebody asks about one, or it was taken back in the books.
CREATE FUNCTION invoices_lines_to_stop(run uuid) RETURNS bigint LANGUAGE sql STABLE RETURN (
    SELECT count(*)
    FROM invoices_payment p
    JOIN invoices_paymentitem i ON i.payment_id = p.id AND i.is_live
    JOIN invoices_invoiceline l ON l.id = i.line_id
    WHERE p.run_id = run AND (
        EXISTS (SELECT FROM invoices_hold h WHERE h.line_id = l.id AND h.state = 'open')
        OR EXISTS (SELECT FROM ledger_entry e WHERE e.reverses_id = l.entry_id))
);

CREATE FUNCTION invoices_check_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'draft' THEN
            PERFORM invoices_refuse_payment('A payment run begins as a draft.', 'invoices_run_goes_in_order');
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.council_id, OLD.number, OLD.made_at, OLD.made_by_id)
        IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.number, NEW.made_at, NEW.made_by_id)
        OR (OLD.state <> 'draft' AND OLD.pay_date <> NEW.pay_date)
        OR (OLD.state NOT IN ('draft', 'reviewed') AND OLD.reviewed_by_id IS DISTINCT FROM NEW.reviewed_by_id)
        OR (OLD.state NOT IN ('draft', 'reviewed') AND OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id) THEN
        PERFORM invoices_refuse_payment('What a payment run says stays as it was agreed.', 'invoices_run_stays');
    END IF;
    IF (OLD.state, NEW.state) NOT IN (
        ('draft', 'draft'), ('draft', 'reviewed'), ('draft', 'cancelled'),
        ('reviewed', 'draft'), ('reviewed', 'approved'), ('reviewed', 'cancelled'),
        ('approved', 'sent'), ('approved', 'cancelled'), ('sent', 'paid')) THEN
        PERFORM invoices_refuse_payment(
            format('A payment run does not go from %s to %s.', OLD.state, NEW.state), 'invoices_run_goes_in_order');
    END IF;
    IF NEW.state IN ('reviewed', 'approved', 'sent') THEN
        IF invoices_lines_to_stop(NEW.id) > 0 THEN
            PERFORM invoices_refuse_payment(
                'Something in this run is held, or was taken back.', 'invoices_run_pays_nothing_on_hold');
        END IF;
        IF NOT EXISTS (SELECT FROM invoices_payment p WHERE p.run_id = NEW.id AND p.state = 'planned') THEN
            PERFORM invoices_refuse_payment('There is nothing in this run.', 'invoices_run_pays_somebody');
        END IF;
    END IF;
    IF NEW.state = 'cancelled' AND EXISTS (
        SELECT FROM invoices_payment p WHERE p.run_id = NEW.id AND p.state <> 'left_out') THEN
        PERFORM invoices_refuse_payment('Its payments are left out first.', 'invoices_cancelled_run_pays_nobody');
    END IF;
    IF NEW.state = 'paid' AND EXISTS (
        SELECT FROM invoices_payment p WHERE p.run_id = NEW.id AND p.state = 'planned') THEN
        PERFORM invoices_refuse_payment('Something in this run is not paid yet.', 'invoices_paid_run_is_paid');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_run_goes_its_way BEFORE INSERT OR UPDATE ON invoices_paymentrun
FOR EACH ROW EXECUTE FUNCTION invoices_check_run();

CREATE FUNCTION invoices_check_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    run_state text;
    moved bigint;
BEGIN
    -- The run is locked: nobody agrees to it while what it pays changes.
    SELECT r.state INTO run_state FROM invoices_paymentrun r WHERE r.id = NEW.run_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' THEN
        IF run_state <> 'draft' OR NEW.state <> 'planned' THEN
            PERFORM invoices_refuse_payment(
                'Payments are put into a draft, before anybody agreed to it.', 'invoices_payment_is_put_into_a_draft');
        END IF;
        IF NOT EXISTS (
            SELECT FROM providers_payeeaccount a JOIN providers_provider v ON v.id = a.provider_id
            JOIN invoices_paymentrun r ON r.id = NEW.run_id AND r.council_id = v.council_id
            WHERE a.id = NEW.payee_id AND a.provider_id = NEW.provider_id AND a.checked_at IS NOT NULL) THEN
            PERFORM invoices_refuse_payment(
                'A provider is paid into its own checked account.', 'invoices_payment_goes_to_a_checked_account');
        END IF;
        RETURN NEW;
    END IF;
    IF (OLD.id, OLD.run_id, OLD.provider_id, OLD.payee_id, OLD.reference, OLD.amount_pence)
        IS DISTINCT FROM (NEW.id, NEW.run_id, NEW.provider_id, NEW.payee_id, NEW.reference, NEW.amount_pence) THEN
        PERFORM invoices_refuse_payment('What a payment says stays as it was agreed.', 'invoices_payment_stays');
    END IF;
    IF NOT (
        (OLD.state = 'planned' AND NEW.state = 'left_out'
            AND (run_state IN ('draft', 'reviewed', 'approved') OR (run_state = 'sent' AND NEW.note <> '')))
        OR (OLD.state = 'planned' AND NEW.state = 'paid' AND run_state = 'sent')
        OR (OLD.state = 'paid' AND NEW.state = 'returned' AND NEW.note <> '')) THEN
        PERFORM invoices_refuse_payment(
            format('A payment does not go from %s to %s in a run that is %s.', OLD.state, NEW.state, run_state),
            'invoices_payment_goes_in_order');
    END IF;
    IF NEW.state = 'paid' THEN
        SELECT coalesce(sum(CASE WHEN s.kind = 'payable' AND s.owner_id = NEW.provider_id THEN t.amount_pence
                                 WHEN g.kind = 'payable' AND g.owner_id = NEW.provider_id THEN -t.amount_pence END), 0)
        INTO moved
        FROM ledger_entry e JOIN ledger_transfer t ON t.entry_id = e.id
        JOIN ledger_account s ON s.id = t.source_id JOIN ledger_account g ON g.id = t.target_id
        WHERE e.id = NEW.entry_id AND e.kind = 'pay' AND e.key = 'pay:' || NEW.id;
        IF moved <> NEW.amount_pence THEN
            PERFORM invoices_refuse_payment(
                'The books do not move what this payment pays.', 'invoices_payment_is_posted_in_full');
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_payment_goes_its_way BEFORE INSERT OR UPDATE ON invoices_payment
FOR EACH ROW EXECUTE FUNCTION invoices_check_payment();

-- What a payment is for is written in one go: then it adds up, and nothing is put beside it later.
CREATE FUNCTION invoices_check_items() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong text;
BEGIN
    PERFORM FROM invoices_invoiceline l WHERE l.id IN (SELECT n.line_id FROM new_items n) ORDER BY l.id FOR NO KEY UPDATE;
    SELECT CASE
        WHEN r.state <> 'draft' THEN 'The run is not a draft any more.'
        WHEN l.state <> 'accepted' OR l.entry_id IS NULL THEN 'Only an accepted line is paid.'
        WHEN l.amount_pence <> n.amount_pence OR NOT n.is_live THEN 'A line is paid in full.'
        WHEN i.provider_id <> p.provider_id OR i.council_id <> r.council_id THEN 'A line is paid to its own provider.'
        WHEN EXISTS (SELECT FROM invoices_hold h WHERE h.line_id = l.id AND h.state = 'open') THEN 'A held line is not paid.'
        WHEN EXISTS (SELECT FROM ledger_entry e WHERE e.reverses_id = l.entry_id) THEN 'It was taken back.' END
    INTO wrong
    FROM new_items n
    JOIN invoices_payment p ON p.id = n.payment_id JOIN invoices_paymentrun r ON r.id = p.run_id
    JOIN invoices_invoiceline l ON l.id = n.line_id JOIN invoices_invoice i ON i.id = l.invoice_id
    WHERE r.state <> 'draft' OR l.state <> 'accepted' OR l.entry_id IS NULL OR l.amount_pence <> n.amount_pence
        OR NOT n.is_live OR i.provider_id <> p.provider_id OR i.council_id <> r.council_id
        OR EXISTS (SELECT FROM invoices_hold h WHERE h.line_id = l.id AND h.state = 'open')
        OR EXISTS (SELECT FROM ledger_entry e WHERE e.reverses_id = l.entry_id)
    LIMIT 1;
    IF wrong IS NOT NULL THEN
        PERFORM invoices_refuse_payment(wrong, 'invoices_item_may_be_paid');
    END IF;
    IF EXISTS (
        SELECT FROM invoices_payment p JOIN invoices_paymentitem i ON i.payment_id = p.id
        WHERE p.id IN (SELECT n.payment_id FROM new_items n)
        GROUP BY p.id HAVING sum(i.amount_pence) <> p.amount_pence) THEN
        PERFORM invoices_refuse_payment('A payment is the sum of its lines.', 'invoices_payment_adds_up');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_item_is_written_once AFTER INSERT ON invoices_paymentitem
REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION invoices_check_items();

CREATE FUNCTION invoices_check_payment_is_for_something() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM invoices_paymentitem i WHERE i.payment_id = NEW.id) THEN
        PERFORM invoices_refuse_payment('A payment is the sum of its lines.', 'invoices_payment_adds_up');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoices_payment_is_for_something AFTER INSERT ON invoices_payment
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoices_check_payment_is_for_something();

-- An item only ever stops counting, once its payment is not on its way any more.
CREATE FUNCTION invoices_check_item_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT OLD.is_live OR NEW.is_live
        OR (OLD.id, OLD.payment_id, OLD.line_id, OLD.amount_pence)
            IS DISTINCT FROM (NEW.id, NEW.payment_id, NEW.line_id, NEW.amount_pence)
        OR NOT EXISTS (SELECT FROM invoices_payment p WHERE p.id = NEW.payment_id AND p.state IN ('left_out', 'returned')) THEN
        PERFORM invoices_refuse_payment('What a payment was for is kept.', 'invoices_item_stays');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_item_only_ends BEFORE UPDATE ON invoices_paymentitem
FOR EACH ROW EXECUTE FUNCTION invoices_check_item_ends();
