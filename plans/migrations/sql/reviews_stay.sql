-- reviews_stay.sql: reviews and what called for them are written once; a call ends by a review of the same person.

CREATE TRIGGER plans_review_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON plans_review
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_call_is_kept BEFORE DELETE OR TRUNCATE ON plans_reviewcall
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();

CREATE FUNCTION plans_check_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM plans_plan p
        WHERE p.id = NEW.plan_id AND p.person_id = NEW.person_id AND p.state = 'agreed' AND p.kind = 'adult'
    ) THEN
        RAISE EXCEPTION 'A review is of an agreed plan of the same person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_review_is_of_their_plan';
    ELSIF EXISTS (SELECT FROM plans_review r WHERE r.person_id = NEW.person_id AND r.held_date > NEW.held_date) THEN
        RAISE EXCEPTION 'A later review is written down already.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_review_comes_after_the_last';
    ELSIF NEW.held_date > (NEW.recorded_at AT TIME ZONE 'Europe/London')::date THEN
        RAISE EXCEPTION 'A review is written down once it was held.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_review_was_held';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_review_is_of_their_plan BEFORE INSERT ON plans_review
FOR EACH ROW EXECUTE FUNCTION plans_check_review();

CREATE FUNCTION plans_check_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_by_id IS NOT NULL OR to_jsonb(OLD) - 'ended_by_id' IS DISTINCT FROM to_jsonb(NEW) - 'ended_by_id'
        OR NOT EXISTS (
            SELECT FROM plans_review r
            WHERE r.id = NEW.ended_by_id AND r.person_id = OLD.person_id AND r.held_date >= OLD.made_date
        ) THEN
        RAISE EXCEPTION 'What called for a review ends by a review of that person, held since.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_call_ends_by_a_review';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER plans_call_ends_by_a_review BEFORE UPDATE ON plans_reviewcall
FOR EACH ROW EXECUTE FUNCTION plans_check_call();

-- A council may look sooner than the law says, never later: the clock cannot be switched off by policy either.
ALTER TABLE people_policyvalue ADD CONSTRAINT people_policy_keeps_review_clocks CHECK (
    value >= 1 AND value <= CASE code
        WHEN 'plan_first_review_days' THEN 365
        WHEN 'plan_review_days' THEN 366
        WHEN 'dp_first_review_months' THEN 6
        WHEN 'dp_review_months' THEN 12
    END
    OR code NOT IN ('plan_first_review_days', 'plan_review_days', 'dp_first_review_months', 'dp_review_months')
);
