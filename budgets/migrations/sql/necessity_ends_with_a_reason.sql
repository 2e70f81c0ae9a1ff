-- necessity_ends_with_a_reason.sql: paying close family is ended once, sooner and never later, with who and why; and
-- not before a payment that was written down under it.

CREATE OR REPLACE FUNCTION budgets_check_necessity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR NEW.end_date > OLD.end_date
        OR to_jsonb(OLD) - ARRAY['end_date', 'end_reason', 'ended_at', 'ended_by_id']
            IS DISTINCT FROM to_jsonb(NEW) - ARRAY['end_date', 'end_reason', 'ended_at', 'ended_by_id'] THEN
        RAISE EXCEPTION 'What was found necessary is only ended, once.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_necessity_is_only_ended';
    ELSIF EXISTS (
        SELECT FROM budgets_spend s
        WHERE s.family_id = NEW.id AND s.taken_back_at IS NULL AND s.spent_date >= NEW.end_date
    ) THEN
        RAISE EXCEPTION 'A payment of a later day is written down under it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_necessity_keeps_what_was_paid';
    END IF;
    RETURN NEW;
END $$;

-- Found necessary, and nobody has ended it yet.
CREATE FUNCTION budgets_check_new_necessity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What is found necessary has not been ended yet.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_necessity_begins_unended';
END $$;
CREATE TRIGGER budgets_necessity_begins_unended BEFORE INSERT ON budgets_familynecessity
FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION budgets_check_new_necessity();
