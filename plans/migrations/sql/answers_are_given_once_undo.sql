CREATE FUNCTION plans_check_challenge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.answered_at IS NOT NULL OR NEW.answered_at IS NULL
        OR (OLD.id, OLD.indicative_id, OLD.question_id, OLD.words, OLD.made_at, OLD.made_by, OLD.due_date)
        IS DISTINCT FROM
        (NEW.id, NEW.indicative_id, NEW.question_id, NEW.words, NEW.made_at, NEW.made_by, NEW.due_date) THEN
        RAISE EXCEPTION 'Challenge % is only answered, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_challenge_is_only_answered';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER plans_challenge_is_only_answered ON plans_challenge;
CREATE TRIGGER plans_challenge_is_only_answered BEFORE UPDATE ON plans_challenge
FOR EACH ROW EXECUTE FUNCTION plans_check_challenge();
DROP FUNCTION plans_check_answered_once;
