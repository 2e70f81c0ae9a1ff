-- answers_are_given_once.sql: whatever somebody does not agree with, what they said stays, and it is answered once.
-- One rule for every table of challenges, whatever else it has; the constraint is named after the table.

CREATE FUNCTION plans_check_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answer text[] := ARRAY['outcome', 'answer', 'answered_at', 'answered_by_id', 'led_to_id', 'statement_id'];
BEGIN
    IF OLD.answered_at IS NOT NULL OR NEW.answered_at IS NULL
        OR to_jsonb(OLD) - answer IS DISTINCT FROM to_jsonb(NEW) - answer THEN
        RAISE EXCEPTION 'Challenge % is only answered, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_TABLE_NAME || '_is_only_answered';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER plans_challenge_is_only_answered ON plans_challenge;
CREATE TRIGGER plans_challenge_is_only_answered BEFORE UPDATE ON plans_challenge
FOR EACH ROW EXECUTE FUNCTION plans_check_answered_once();
DROP FUNCTION plans_check_challenge;
