-- signed_months_stay.sql: only a clean certificate can be signed, and what was signed never changes.

-- Entries dated late because their month was closed: few, and the month end asks for them.
CREATE INDEX ledger_entry_late ON ledger_entry (book_id, effective_date) WHERE concerned_date IS NOT NULL;

ALTER TABLE reconciliation_monthend ADD CONSTRAINT reconciliation_month_end_is_a_whole_month
CHECK (extract(day FROM start_date) = 1 AND end_date = (start_date + interval '1 month')::date);

CREATE FUNCTION reconciliation_check_month() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'begun' THEN
            RAISE EXCEPTION 'A month end begins uncounted.' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.id, NEW.council_id, NEW.start_date, NEW.end_date) IS DISTINCT FROM (OLD.id, OLD.council_id, OLD.start_date, OLD.end_date)
            OR OLD.state = 'closed' THEN
        RAISE EXCEPTION 'Month end % stays as it is: it is closed, or its council and dates would change.', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'signed' AND NEW.state = 'signed' AND NEW IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'Month end % is signed and does not change.', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.state = 'signed' AND OLD.state <> 'clean' AND OLD.state <> 'signed' THEN
        RAISE EXCEPTION 'Month end % is not clean, so it cannot be signed.', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state IN ('clean', 'signed') AND OLD.state <> 'signed' AND (
            NOT EXISTS (SELECT FROM reconciliation_certificateline c WHERE c.month_end_id = NEW.id)
            OR EXISTS (SELECT FROM reconciliation_certificateline c WHERE c.month_end_id = NEW.id AND NOT c.holds)
            OR EXISTS (SELECT FROM reconciliation_finding f
                       WHERE f.month_end_id = NEW.id AND f.is_blocking AND f.state = 'open')) THEN
        RAISE EXCEPTION 'Month end % is not clean: its certificate does not hold, or a finding is open.', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'signed' AND OLD.state <> 'signed' AND NOT EXISTS (
            SELECT FROM people_role r WHERE r.user_id = NEW.signed_by_id AND r.council_id = NEW.council_id
                AND r.kind = 'finance_officer') THEN
        RAISE EXCEPTION 'Only a finance officer of its council signs month end %.', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.state = 'closed' AND (OLD.state <> 'signed' OR NEW.signed_by_id <> OLD.signed_by_id OR NOT EXISTS (
            SELECT FROM ledger_period p JOIN people_council c ON c.book_id = p.book_id
            WHERE p.id = NEW.period_id AND c.id = NEW.council_id
                AND p.start_date = NEW.start_date AND p.end_date = NEW.end_date)) THEN
        RAISE EXCEPTION 'Month end % closes once it is signed, with the period of its own month.', OLD.id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER reconciliation_month_goes_its_way BEFORE INSERT OR UPDATE ON reconciliation_monthend
FOR EACH ROW EXECUTE FUNCTION reconciliation_check_month();

CREATE FUNCTION reconciliation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: what was counted is kept.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION reconciliation_check_unsigned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM touched t JOIN reconciliation_monthend m ON m.id = t.month_end_id
               WHERE m.state IN ('signed', 'closed')) THEN
        RAISE EXCEPTION '% of % is refused: the month is signed.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- The same for what belongs to a cluster's month.
CREATE FUNCTION reconciliation_check_unsigned_cluster() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM touched t JOIN reconciliation_clustermonth c ON c.id = t.cluster_month_id
               JOIN reconciliation_monthend m ON m.id = c.month_end_id
               WHERE m.state IN ('signed', 'closed')) THEN
        RAISE EXCEPTION '% of % is refused: the month is signed.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

-- Both the old and the new row count, so that nothing moves into or out of a signed month.
DO $$
DECLARE
    kept record;
BEGIN
    FOR kept IN SELECT * FROM (VALUES
        ('reconciliation_clustermonth', 'reconciliation_check_unsigned'),
        ('reconciliation_certificateline', 'reconciliation_check_unsigned'),
        ('reconciliation_finding', 'reconciliation_check_unsigned'),
        ('reconciliation_servicemonth', 'reconciliation_check_unsigned_cluster'),
        ('reconciliation_statement', 'reconciliation_check_unsigned_cluster')) v(name, check_name)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS touched '
            'FOR EACH STATEMENT EXECUTE FUNCTION %I()', kept.name || '_is_written_before_signing', kept.name, kept.check_name);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched '
            'FOR EACH STATEMENT EXECUTE FUNCTION %I()', kept.name || '_does_not_move_in', kept.name, kept.check_name);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS touched '
            'FOR EACH STATEMENT EXECUTE FUNCTION %I()', kept.name || '_stays', kept.name, kept.check_name);
        EXECUTE format('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON %I '
            'FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_refuse_change()', kept.name || '_is_kept', kept.name);
    END LOOP;
END $$;

CREATE TRIGGER reconciliation_month_end_is_kept BEFORE DELETE OR TRUNCATE ON reconciliation_monthend
FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_refuse_change();
CREATE TRIGGER reconciliation_event_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation_monthendevent
FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_refuse_change();
