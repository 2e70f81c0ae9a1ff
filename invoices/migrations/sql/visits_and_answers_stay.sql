-- visits_and_answers_stay.sql: what a provider recorded and answered is kept as it came, and whoever follows hears of it.

CREATE TRIGGER invoices_visit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_visit
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_attachment_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_attachment
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();
CREATE TRIGGER invoices_reply_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON invoices_holdreply
FOR EACH STATEMENT EXECUTE FUNCTION invoices_refuse_change();

-- A visit is of its contract's service and provider, and of a member of its cluster on that day.
CREATE FUNCTION invoices_check_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM commissioning_contractservice s JOIN commissioning_contract c ON c.id = s.contract_id
        WHERE s.id = NEW.service_id AND c.id = NEW.contract_id AND c.provider_id = NEW.provider_id
            AND c.council_id = NEW.council_id AND c.state IN ('approved', 'ended')
            AND (NEW.membership_id IS NULL OR EXISTS (
                SELECT FROM clusters_membership m
                WHERE m.id = NEW.membership_id AND m.cluster_id = c.cluster_id AND m.joined_date <= NEW.service_date
                    AND (m.left_date IS NULL OR NEW.service_date < m.left_date)))) THEN
        RAISE EXCEPTION 'A visit is for a service, and a member, of its own contract.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_visit_is_of_its_contract';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_visit_is_of_its_contract BEFORE INSERT ON invoices_visit
FOR EACH ROW EXECUTE FUNCTION invoices_check_visit();

-- An answer is to an open hold, and its file is one that was sent for that hold.
CREATE FUNCTION invoices_check_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM invoices_hold h WHERE h.id = NEW.hold_id AND h.state = 'open' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only an open hold is answered.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_reply_is_to_an_open_hold';
    END IF;
    IF NEW.attachment_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM invoices_attachment a WHERE a.id = NEW.attachment_id AND a.hold_id = NEW.hold_id) THEN
        RAISE EXCEPTION 'The file was sent for another hold.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_reply_brings_its_own_file';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoices_reply_is_to_an_open_hold BEFORE INSERT ON invoices_holdreply
FOR EACH ROW EXECUTE FUNCTION invoices_check_reply();

CREATE FUNCTION invoices_note_visits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note('visit', array_agg(n.provider_id), array_agg(n.id)) FROM new_rows n;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_visit_is_noted AFTER INSERT ON invoices_visit
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_visits();

CREATE FUNCTION invoices_note_replies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM invoices_note('hold', array_agg(i.provider_id), array_agg(h.id))
    FROM new_rows n JOIN invoices_hold h ON h.id = n.hold_id
    JOIN invoices_invoiceline l ON l.id = h.line_id JOIN invoices_invoice i ON i.id = l.invoice_id;
    RETURN NULL;
END $$;
CREATE TRIGGER invoices_reply_is_noted AFTER INSERT ON invoices_holdreply
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION invoices_note_replies();
