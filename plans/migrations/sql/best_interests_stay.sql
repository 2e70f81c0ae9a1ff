-- best_interests_stay.sql: what is decided for somebody stays as it was written, and only where they cannot decide it;
-- what somebody does not agree with is answered once.

CREATE TRIGGER plans_bestinterest_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON plans_bestinterest
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_capacitychallenge_is_kept BEFORE DELETE OR TRUNCATE ON plans_capacitychallenge
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_capacitychallenge_is_only_answered BEFORE UPDATE ON plans_capacitychallenge
FOR EACH ROW EXECUTE FUNCTION plans_check_answered_once();

CREATE FUNCTION plans_check_bestinterest() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_capacityrecord r
        WHERE r.id = NEW.capacity_id AND r.outcome = 'lacks' AND r.assessed_date <= NEW.decided_date
            AND NOT EXISTS (SELECT FROM people_capacityrecord s WHERE s.supersedes_id = r.id)
    ) THEN
        RAISE EXCEPTION 'It is decided for somebody only while it stands that they cannot decide it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_bestinterest_rests_on_capacity';
    ELSIF NEW.decided_date > (NEW.decided_at AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'A decision is written down once it was made.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_bestinterest_was_decided';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_bestinterest_rests_on_capacity BEFORE INSERT ON plans_bestinterest
FOR EACH ROW EXECUTE FUNCTION plans_check_bestinterest();
