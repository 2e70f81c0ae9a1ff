-- changes_are_noted.sql: whatever a provider's system follows leaves a row behind when it changes, psql included.
--
-- A row bears the number of its transaction. Readers pass only numbers below that of every transaction that is still
-- running (pg_snapshot_xmin), so a slow writer's rows are never skipped: they, and what came after, wait for its end.

CREATE FUNCTION invoices_sync_epoch() RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
    here bigint;
    found smallint;
BEGIN
    SELECT s.system_identifier INTO here FROM pg_control_system() s;
    SELECT e.number INTO found FROM invoices_syncepoch e WHERE e.server = here;
    IF found IS NULL THEN
        INSERT INTO invoices_syncepoch (number, server)
        SELECT coalesce(max(e.number), 0) + 1, here FROM invoices_syncepoch e ON CONFLICT DO NOTHING;
        SELECT e.number INTO found FROM invoices_syncepoch e WHERE e.server = here;
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION invoices_note(what text, of_providers uuid[], objects uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    now_epoch smallint;
BEGIN
    IF objects IS NULL THEN
        RETURN;
    END IF;
    now_epoch := invoices_sync_epoch();
    INSERT INTO invoices_change (epoch, txid, provider_id, kind, object_id)
    SELECT now_epoch, pg_current_xact_id()::text::bigint, n.provider, what, n.object
    FROM unnest(of_providers, objects) AS n (provider, object)
    ON CONFLICT (object_id, kind, epoch, txid) DO NOTHING;
END $$;

CREATE FUNCTION invoices_note_contracts(contracts uuid[]) RETURNS void LANGUAGE sql AS $$
    SELECT invoices_note('contract', array_agg(c.provider_id), array_agg(c.id))
    FROM commissioning_contract c WHERE c.id = ANY (contracts) AND c.state IN ('approved', 'ended');
$$;

-- An invoice, and what is left of its contract.
CREATE FUNCTION invoices_note_new_invoices() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note('invoice', array_agg(n.provider_id), array_agg(n.id)) FROM new_rows n;
    PERFORM invoices_note_contracts(array_agg(DISTINCT n.contract_id)) FROM new_rows n;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_invoice_is_noted AFTER INSERT ON invoices_invoice
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_new_invoices();

CREATE FUNCTION invoices_note_settled_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note('invoice', array_agg(i.provider_id), array_agg(i.id)),
        invoices_note_contracts(array_agg(DISTINCT i.contract_id))
    FROM invoices_invoice i WHERE i.id IN (SELECT n.invoice_id FROM new_rows n);
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_line_is_noted AFTER UPDATE ON invoices_invoiceline
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_settled_lines();

CREATE FUNCTION invoices_note_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note('hold', array_agg(i.provider_id), array_agg(n.id)),
        invoices_note('invoice', array_agg(i.provider_id), array_agg(i.id))
    FROM new_rows n JOIN invoices_invoiceline l ON l.id = n.line_id JOIN invoices_invoice i ON i.id = l.invoice_id;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_hold_is_noted AFTER INSERT ON invoices_hold
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_holds();
CREATE TRIGGER invoices_changed_hold_is_noted AFTER UPDATE ON invoices_hold
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_holds();

-- Payments are seen from the day their run goes to the bank.
CREATE FUNCTION invoices_note_payments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note('payment', array_agg(n.provider_id), array_agg(n.id))
    FROM new_rows n JOIN invoices_paymentrun r ON r.id = n.run_id WHERE r.state IN ('sent', 'paid');
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_payment_is_noted AFTER UPDATE ON invoices_payment
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_payments();

CREATE FUNCTION invoices_note_runs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note('payment', array_agg(p.provider_id), array_agg(p.id))
    FROM new_rows n JOIN invoices_payment p ON p.run_id = n.id AND p.state <> 'left_out'
    WHERE n.state IN ('sent', 'paid');
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_run_is_noted AFTER UPDATE ON invoices_paymentrun
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_runs();

-- Contracts: their terms, their services, and who may be named in their lines.
CREATE FUNCTION invoices_note_changed_contracts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note_contracts(array_agg(n.id)) FROM new_rows n;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_contract_is_noted AFTER INSERT ON commissioning_contract
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_changed_contracts();
CREATE TRIGGER invoices_changed_contract_is_noted AFTER UPDATE ON commissioning_contract
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_changed_contracts();

CREATE FUNCTION invoices_note_services() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note_contracts(array_agg(DISTINCT n.contract_id)) FROM new_rows n;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_service_is_noted AFTER INSERT ON commissioning_contractservice
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_services();
CREATE TRIGGER invoices_changed_service_is_noted AFTER UPDATE ON commissioning_contractservice
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_services();
CREATE TRIGGER invoices_dropped_service_is_noted AFTER DELETE ON commissioning_contractservice
REFERENCING OLD TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_services();

CREATE FUNCTION invoices_note_members() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note_contracts(array_agg(c.id))
    FROM commissioning_contract c
    WHERE c.cluster_id IN (SELECT n.cluster_id FROM new_rows n WHERE n.joined_date IS NOT NULL);
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_member_is_noted AFTER INSERT ON clusters_membership
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_members();
CREATE TRIGGER invoices_changed_member_is_noted AFTER UPDATE ON clusters_membership
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_members();

CREATE FUNCTION invoices_keep_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: who follows changes must find them as they were noted.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER invoices_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_change
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_changes();
CREATE TRIGGER invoices_epoch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_syncepoch
FOR EACH STATEMENT EXECUTE FUNCTION invoices_keep_changes();

-- What was there before is the first that can be followed.
SELECT invoices_note_contracts(array_agg(c.id)) FROM commissioning_contract c;
SELECT invoices_note('invoice', array_agg(i.provider_id), array_agg(i.id)) FROM invoices_invoice i;
SELECT invoices_note('hold', array_agg(i.provider_id), array_agg(h.id))
FROM invoices_hold h JOIN invoices_invoiceline l ON l.id = h.line_id JOIN invoices_invoice i ON i.id = l.invoice_id;
SELECT invoices_note('payment', array_agg(p.provider_id), array_agg(p.id))
FROM invoices_payment p JOIN invoices_paymentrun r ON r.id = p.run_id
WHERE r.state IN ('sent', 'paid') AND p.state <> 'left_out';
