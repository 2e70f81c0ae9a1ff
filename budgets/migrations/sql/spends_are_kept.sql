-- spends_are_kept.sql: what was spent, asked and found necessary is written once; it is seen, answered or ended once.

CREATE TRIGGER budgets_spend_is_kept BEFORE DELETE OR TRUNCATE ON budgets_spend
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER budgets_question_is_kept BEFORE DELETE OR TRUNCATE ON budgets_spendquestion
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER budgets_necessity_is_kept BEFORE DELETE OR TRUNCATE ON budgets_familynecessity
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();

CREATE FUNCTION budgets_check_spend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (
        to_jsonb(OLD) - ARRAY['seen_at', 'seen_by_id', 'taken_back_at', 'taken_back_by']
            IS DISTINCT FROM to_jsonb(NEW) - ARRAY['seen_at', 'seen_by_id', 'taken_back_at', 'taken_back_by']
        OR OLD.seen_at IS NOT NULL OR OLD.taken_back_at IS NOT NULL
        OR (NEW.seen_at IS NOT NULL AND NEW.taken_back_at IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'What was spent is seen or taken back, once.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_spend_stays_as_written';
    ELSIF NEW.is_family AND NOT EXISTS (
        SELECT FROM budgets_familynecessity n WHERE n.id = NEW.family_id AND n.person_id = NEW.person_id
            AND n.start_date <= NEW.spent_date AND (n.end_date IS NULL OR n.end_date > NEW.spent_date)
    ) AND TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'Close family in the same household is paid only while that was found necessary.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_spend_on_family_is_necessary_then';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_spend_stays_as_written BEFORE INSERT OR UPDATE ON budgets_spend
FOR EACH ROW EXECUTE FUNCTION budgets_check_spend();

CREATE FUNCTION budgets_check_question() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.answer <> '' OR
        to_jsonb(OLD) - ARRAY['answer', 'words', 'answered_at', 'answered_by_id']
            IS DISTINCT FROM to_jsonb(NEW) - ARRAY['answer', 'words', 'answered_at', 'answered_by_id']) THEN
        RAISE EXCEPTION 'A question about money is answered once, and both stay.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_question_is_answered_once';
    ELSIF NOT EXISTS (
        SELECT FROM plans_plan p WHERE p.id = NEW.plan_id AND p.person_id = NEW.person_id
            AND (NEW.need_id IS NULL OR EXISTS (
                SELECT FROM plans_need n WHERE n.id = NEW.need_id AND n.plan_id = p.id))
    ) THEN
        RAISE EXCEPTION 'A question about money is of the same person''s plan, and of a need in it.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_question_is_of_their_plan';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_question_is_answered_once BEFORE INSERT OR UPDATE ON budgets_spendquestion
FOR EACH ROW EXECUTE FUNCTION budgets_check_question();

CREATE FUNCTION budgets_check_necessity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.end_date IS NOT NULL OR NEW.end_date IS NULL
        OR to_jsonb(OLD) - 'end_date' IS DISTINCT FROM to_jsonb(NEW) - 'end_date' THEN
        RAISE EXCEPTION 'What was found necessary is only ended, once.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_necessity_is_only_ended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budgets_necessity_is_only_ended BEFORE UPDATE ON budgets_familynecessity
FOR EACH ROW EXECUTE FUNCTION budgets_check_necessity();
