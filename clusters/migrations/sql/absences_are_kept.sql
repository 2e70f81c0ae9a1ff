-- absences_are_kept.sql: an absence stays as it was said; that somebody is back sooner is added once; and it is of a
-- member. For psql as well as for Django. That no day of it is shared yet is held where lines are: in invoices.

CREATE FUNCTION clusters_check_absence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.cancelled_at IS NOT NULL OR NEW.cancelled_at IS NULL
                OR to_jsonb(OLD) - '{back_date,cancelled_by,cancelled_at}'::text[]
                <> to_jsonb(NEW) - '{back_date,cancelled_by,cancelled_at}'::text[] THEN
            RAISE EXCEPTION 'Absence % stays as it was said; that somebody is back is added once.', OLD.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_absence_stays_as_said';
        END IF;
    ELSIF NOT EXISTS (
        SELECT FROM clusters_membership m
        WHERE m.id = NEW.membership_id AND m.state IN ('active', 'on_notice') AND m.joined_date <= NEW.start_date
            AND (m.left_date IS NULL OR NEW.end_date <= m.left_date)) THEN
        RAISE EXCEPTION 'Only a member can be away, and only on days on which they are one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_absence_is_of_a_member';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_absence_stays_as_said BEFORE INSERT OR UPDATE ON clusters_absence
FOR EACH ROW EXECUTE FUNCTION clusters_check_absence();
CREATE TRIGGER clusters_absence_is_kept BEFORE DELETE OR TRUNCATE ON clusters_absence
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
