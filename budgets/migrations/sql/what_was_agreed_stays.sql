-- what_was_agreed_stays.sql: financial assessments and statements of budgets keep what they said, and hold together.

CREATE FUNCTION budgets_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER budgets_financial_is_kept BEFORE DELETE OR TRUNCATE ON budgets_financialassessment
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER budgets_statement_is_kept BEFORE DELETE OR TRUNCATE ON budgets_budgetstatement
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER budgets_statement_part_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON budgets_statementpart
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER budgets_change_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON budgets_budgetchange
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();

-- A financial assessment is only ended, and never later than it ended already.
CREATE FUNCTION budgets_check_financial() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.end_date IS NULL OR NEW.end_date > OLD.end_date
        OR to_jsonb(OLD) - 'end_date' IS DISTINCT FROM to_jsonb(NEW) - 'end_date' THEN
        RAISE EXCEPTION 'Financial assessment % can only be ended.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_financial_is_only_ended';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_financial_is_only_ended BEFORE UPDATE ON budgets_financialassessment
FOR EACH ROW EXECUTE FUNCTION budgets_check_financial();

-- A statement is proposed, then agreed or taken back, once. Agreed, it belongs to an agreed plan, a budget and a
-- financial assessment of the same person, and its parts come to what it says.
CREATE FUNCTION budgets_check_statement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose uuid;
    parts record;
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A statement begins as a proposal.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_statement_begins_proposed';
    ELSIF OLD.state <> 'proposed' OR NEW.state = 'proposed'
        OR to_jsonb(OLD) - ARRAY['state', 'budget_id', 'agreed_at', 'agreed_by_id']
            IS DISTINCT FROM to_jsonb(NEW) - ARRAY['state', 'budget_id', 'agreed_at', 'agreed_by_id'] THEN
        RAISE EXCEPTION 'Statement % is only agreed or taken back, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_statement_stays_as_written';
    ELSIF NEW.state = 'withdrawn' THEN
        RETURN NEW;
    END IF;
    SELECT p.person_id INTO whose FROM plans_plan p
    JOIN budgets_financialassessment f ON f.id = NEW.financial_id AND f.person_id = p.person_id
    JOIN budgets_budget b ON b.id = NEW.budget_id AND b.person_id = p.person_id
    WHERE p.id = NEW.plan_id AND p.state = 'agreed';
    IF whose IS NULL THEN
        RAISE EXCEPTION 'Statement % is of an agreed plan, and of a budget and an assessment of the same person.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_statement_is_of_one_agreed_plan';
    END IF;
    SELECT coalesce(sum(t.weekly_pence), 0) AS all_weekly,
        coalesce(sum(t.weekly_pence) FILTER (WHERE s.kind = 'social_care'), 0) AS council_weekly,
        coalesce(sum(t.weekly_pence) FILTER (WHERE s.kind = 'own'), 0) AS adult_weekly,
        count(*) FILTER (WHERE s.council_id <> w.council_id) AS strange
    INTO parts
    FROM budgets_statementpart t JOIN budgets_fundingstream s ON s.id = t.stream_id
    JOIN people_person w ON w.id = whose
    WHERE t.statement_id = NEW.id;
    IF (parts.all_weekly, parts.council_weekly, parts.adult_weekly, parts.strange)
        IS DISTINCT FROM (NEW.plan_weekly_pence, NEW.council_weekly_pence, NEW.adult_weekly_pence, 0) THEN
        RAISE EXCEPTION 'The parts of statement % do not come to what it says.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_statement_is_the_sum_of_its_parts';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_statement_begins_proposed BEFORE INSERT ON budgets_budgetstatement
FOR EACH ROW WHEN (NEW.state <> 'proposed') EXECUTE FUNCTION budgets_check_statement();
CREATE TRIGGER budgets_statement_stays_as_written BEFORE UPDATE ON budgets_budgetstatement
FOR EACH ROW EXECUTE FUNCTION budgets_check_statement();

CREATE FUNCTION budgets_check_statement_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM budgets_budgetstatement WHERE id = NEW.statement_id AND state = 'proposed' FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Statement % is settled: it gets no further part.', NEW.statement_id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'budgets_statement_part_comes_with_a_proposal';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_statement_part_comes_with_a_proposal BEFORE INSERT ON budgets_statementpart
FOR EACH ROW EXECUTE FUNCTION budgets_check_statement_part();

-- A change of a budget says what its entry moved, and is of a statement of that budget.
CREATE FUNCTION budgets_check_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM budgets_allocation a
    JOIN budgets_budgetstatement n ON n.id = NEW.statement_id AND n.budget_id = a.budget_id
    JOIN budgets_fundingstream s ON s.id = a.stream_id
    JOIN people_council c ON c.id = s.council_id
    JOIN ledger_entry e ON e.id = NEW.entry_id AND e.book_id = c.book_id AND e.kind = 'allocate'
        AND coalesce(e.concerned_date, e.effective_date) = NEW.effective_date
    CROSS JOIN LATERAL (SELECT ledger_account_id(c.book_id, 'funding', c.id, NULL, s.code) AS funding,
        ledger_account_id(c.book_id, 'budget', a.budget_id, NULL, s.code) AS budget) k
    JOIN ledger_transfer t ON t.entry_id = e.id AND t.amount_pence = abs(NEW.change_pence)
        AND t.source_id = CASE WHEN NEW.change_pence > 0 THEN k.funding ELSE k.budget END
        AND t.target_id = CASE WHEN NEW.change_pence > 0 THEN k.budget ELSE k.funding END
    WHERE a.id = NEW.allocation_id AND (SELECT count(*) FROM ledger_transfer o WHERE o.entry_id = e.id) = 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Change % does not say what its entry moved.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_change_is_in_the_books';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_change_is_in_the_books BEFORE INSERT ON budgets_budgetchange
FOR EACH ROW EXECUTE FUNCTION budgets_check_change();
