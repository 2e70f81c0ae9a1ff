-- lines_refer_to_what_is_there.sql: what the lines of a statement refer to is looked up all at once.
--
-- Foreign keys do it row by row at COMMIT, which took a fifth of a bulk intake. So those of invoice lines are declared
-- and not enforced (ADR 9), and what they did is done here: nothing that is not there is referred to, and nothing
-- that is referred to goes away. Invoices, lines, entries and memberships are never deleted; a service of a contract
-- that is not approved can be, so services are held (FOR KEY SHARE, as a foreign key does) until the line is written.

CREATE FUNCTION invoices_check_references() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    is_bulk boolean;
    before text[];
    wrong text;
BEGIN
    SELECT count(*) > 500 INTO is_bulk FROM new_lines;
    IF is_bulk THEN
        before := ledger_plan_for_many();
    END IF;
    WITH held AS MATERIALIZED (
        SELECT s.id FROM commissioning_contractservice s
        WHERE is_bulk IS NOT NULL AND s.id IN (SELECT n.service_id FROM new_lines n) ORDER BY s.id FOR KEY SHARE
    )
    SELECT coalesce(
        (SELECT 'invoice ' || (array_agg(n.invoice_id))[1]
         FROM (SELECT DISTINCT invoice_id FROM new_lines) n LEFT JOIN invoices_invoice i ON i.id = n.invoice_id
         WHERE i.id IS NULL),
        (SELECT 'service ' || (array_agg(n.service_id))[1]
         FROM (SELECT DISTINCT service_id FROM new_lines) n LEFT JOIN held s ON s.id = n.service_id
         WHERE n.service_id IS NOT NULL AND s.id IS NULL),
        (SELECT 'membership ' || (array_agg(n.membership_id))[1]
         FROM (SELECT DISTINCT membership_id FROM new_lines) n LEFT JOIN clusters_membership m ON m.id = n.membership_id
         WHERE n.membership_id IS NOT NULL AND m.id IS NULL),
        (SELECT 'entry ' || (array_agg(n.entry_id))[1]
         FROM new_lines n LEFT JOIN ledger_entry e ON e.id = n.entry_id
         WHERE n.entry_id IS NOT NULL AND e.id IS NULL),
        (SELECT 'line ' || (array_agg(n.corrected_line_id))[1]
         FROM new_lines n LEFT JOIN invoices_invoiceline l ON l.id = n.corrected_line_id
         WHERE n.corrected_line_id IS NOT NULL AND l.id IS NULL)
    ) INTO wrong
    WHERE is_bulk IS NOT NULL;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION 'A line refers to % and there is none.', wrong
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'invoices_line_refers_to_what_is_there';
    END IF;
    IF before IS NOT NULL THEN
        PERFORM ledger_plan_as_before(before);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER invoices_line_refers_to_what_is_there AFTER INSERT ON invoices_invoiceline
REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION invoices_check_references();
CREATE TRIGGER invoices_settled_line_refers_to_what_is_there AFTER UPDATE ON invoices_invoiceline
REFERENCING NEW TABLE AS new_lines FOR EACH STATEMENT EXECUTE FUNCTION invoices_check_references();

-- The other half of a foreign key: what lines refer to keeps its name, and stays.
CREATE FUNCTION invoices_keep_service() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM invoices_invoiceline l WHERE l.service_id = OLD.id) THEN
        RAISE EXCEPTION '% of service % is refused: invoices have been taken in for it.', TG_OP, OLD.id
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'invoices_line_refers_to_what_is_there';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER invoices_service_is_kept AFTER DELETE ON commissioning_contractservice
FOR EACH ROW EXECUTE FUNCTION invoices_keep_service();
CREATE TRIGGER invoices_service_keeps_its_name AFTER UPDATE ON commissioning_contractservice
FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION invoices_keep_service();
CREATE TRIGGER invoices_membership_keeps_its_name BEFORE UPDATE OF id ON clusters_membership
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();

DO $$
DECLARE
    reference record;
BEGIN
    FOR reference IN
        SELECT c.conname FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = 'invoices_invoiceline'::regclass
    LOOP
        EXECUTE format('ALTER TABLE invoices_invoiceline ALTER CONSTRAINT %I NOT ENFORCED', reference.conname);
    END LOOP;
END $$;
