-- visits_can_be_withdrawn.sql: a record of a visit is withdrawn once, as history, and never while it carries what is billed.

DROP TRIGGER invoices_visit_stays ON invoices_visit;
CREATE TRIGGER invoices_visit_stays BEFORE DELETE OR TRUNCATE ON invoices_visit
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_visit_is_only_withdrawn BEFORE UPDATE ON invoices_visit
FOR EACH ROW WHEN (OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
    OR (OLD.id, OLD.council_id, OLD.provider_id, OLD.contract_id, OLD.service_id, OLD.ref, OLD.service_date,
        OLD.started_at, OLD.ended_at, OLD.units, OLD.body_hash, OLD.received_at, OLD.received_by)
        IS DISTINCT FROM
       (NEW.id, NEW.council_id, NEW.provider_id, NEW.contract_id, NEW.service_id, NEW.ref, NEW.service_date,
        NEW.started_at, NEW.ended_at, NEW.units, NEW.body_hash, NEW.received_at, NEW.received_by)
    OR OLD.membership_id IS DISTINCT FROM NEW.membership_id)
EXECUTE FUNCTION invoices_refuse_change();

-- What was billed and accepted for the service, the member and the day stays covered by the records that are left.
-- A line that was credited in full is billed no more. A line without a member is for whoever the visits were to.
CREATE FUNCTION invoices_check_withdrawal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    billed numeric;
    recorded numeric;
BEGIN
    SELECT coalesce(sum(l.units), 0) INTO billed
    FROM invoices_invoiceline l
    WHERE l.service_id = NEW.service_id AND l.service_date = NEW.service_date AND l.state = 'accepted'
        AND l.corrects_line IS NULL AND (l.membership_id IS NULL OR l.membership_id = NEW.membership_id)
        AND l.amount_pence + (
            SELECT coalesce(sum(c.amount_pence), 0) FROM invoices_invoiceline c
            WHERE c.corrected_line_id = l.id AND c.state = 'accepted') > 0;
    SELECT coalesce(sum(v.units), 0) INTO recorded
    FROM invoices_visit v JOIN commissioning_contractservice s ON s.id = v.service_id
    WHERE v.service_id = NEW.service_id AND v.service_date = NEW.service_date AND v.withdrawn_at IS NULL
        AND v.id <> NEW.id AND (s.sharing_rule <> 'by_use' OR v.membership_id = NEW.membership_id);
    IF billed > 0 AND recorded < billed THEN
        RAISE EXCEPTION 'This visit was billed and accepted.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_billed_visit_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_visit_is_not_billed BEFORE UPDATE ON invoices_visit
FOR EACH ROW EXECUTE FUNCTION invoices_check_withdrawal();

CREATE TRIGGER invoices_withdrawn_visit_is_noted AFTER UPDATE ON invoices_visit
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_visits();
