-- Undoes policy_keeps_the_past.sql: again a value is ended once, on any day.
CREATE OR REPLACE FUNCTION people_check_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.until_date IS NOT NULL OR NEW.until_date IS NULL
        OR (OLD.id, OLD.council_id, OLD.code, OLD.value, OLD.unit, OLD.effective_date, OLD.source)
        IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.code, NEW.value, NEW.unit, NEW.effective_date, NEW.source) THEN
        RAISE EXCEPTION 'Policy % is only ended, once.', OLD.code
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_policy_is_only_ended';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER people_policy_begins_today_or_later ON people_policyvalue;
DROP FUNCTION people_check_new_policy;
DROP FUNCTION people_begins_today(uuid);
DROP FUNCTION people_policy_today();
