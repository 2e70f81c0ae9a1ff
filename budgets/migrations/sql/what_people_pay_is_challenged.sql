-- what_people_pay_is_challenged.sql: a challenge of what somebody pays stays, is answered once, and by somebody else
-- than whoever assessed; what it led to was assessed since, for the same person.

CREATE TRIGGER budgets_contributionchallenge_is_kept BEFORE DELETE OR TRUNCATE ON budgets_contributionchallenge
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
CREATE TRIGGER budgets_contributionchallenge_is_only_answered BEFORE UPDATE ON budgets_contributionchallenge
FOR EACH ROW EXECUTE FUNCTION plans_check_answered_once();

CREATE FUNCTION budgets_check_contribution_challenge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM budgets_financialassessment f WHERE f.id = NEW.assessment_id AND f.assessed_by_id = NEW.answered_by_id
    ) THEN
        RAISE EXCEPTION 'Whoever assessed what somebody pays does not answer that they do not agree.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_contributionchallenge_is_answered_by_another';
    ELSIF NEW.led_to_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM budgets_financialassessment f
        JOIN budgets_financialassessment anew ON anew.id = NEW.led_to_id AND anew.person_id = f.person_id
        WHERE f.id = NEW.assessment_id AND anew.id > NEW.id -- ids come in the order of writing
    ) THEN
        RAISE EXCEPTION 'What a challenge led to was assessed since, for the same person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_contributionchallenge_leads_to_their_next';
    ELSIF NEW.statement_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM budgets_budgetstatement s
        JOIN plans_plan p ON p.id = s.plan_id
        JOIN budgets_financialassessment f ON f.id = NEW.led_to_id AND f.person_id = p.person_id
        WHERE s.id = NEW.statement_id AND s.state = 'agreed'
    ) THEN
        RAISE EXCEPTION 'The budget that came of a challenge is agreed, and the same person''s.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_contributionchallenge_agrees_their_budget';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER budgets_contributionchallenge_is_answered_by_another
BEFORE INSERT OR UPDATE ON budgets_contributionchallenge
FOR EACH ROW EXECUTE FUNCTION budgets_check_contribution_challenge();
