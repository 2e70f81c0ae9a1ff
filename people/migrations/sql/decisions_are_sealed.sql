-- decisions_are_sealed.sql: a record of capacity follows one on the same matter. Whether another matter is word for word the
-- same decision is seen to before its words are sealed (plans.actions.capacity): two rows cannot be compared after that.

CREATE OR REPLACE FUNCTION people_check_capacity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.assessed_date > (NEW.recorded_at AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'Capacity is written down once it was looked at.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_capacity_was_looked_at';
    ELSIF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM people_capacityrecord r
        WHERE r.id = NEW.supersedes_id AND r.person_id = NEW.person_id AND r.matter = NEW.matter
            AND r.assessed_date <= NEW.assessed_date
    ) THEN
        RAISE EXCEPTION 'A record of capacity follows one on the same matter, not later than itself.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_capacity_follows_the_same_decision';
    END IF;
    RETURN NEW;
END $$;
