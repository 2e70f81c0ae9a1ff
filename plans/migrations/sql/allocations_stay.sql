-- allocations_stay.sql: how a budget was worked out is written once, adds up, and takes nothing off for unpaid care
-- without a carer's consent in force; psql included.

CREATE TRIGGER plans_assessment_is_kept BEFORE DELETE OR TRUNCATE ON plans_assessment
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_answer_is_kept BEFORE DELETE OR TRUNCATE ON plans_answer
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_indicative_is_kept BEFORE DELETE OR TRUNCATE ON plans_indicativebudget
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_indicativeline_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON plans_indicativeline
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_unpaidcare_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON plans_unpaidcare
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_challenge_is_kept BEFORE DELETE OR TRUNCATE ON plans_challenge
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();

-- An assessment begins open, is finished, and may be opened again; whose it is stays.
CREATE FUNCTION plans_check_assessment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'An assessment begins open.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_assessment_begins_open';
    ELSIF (OLD.id, OLD.person_id, OLD.carer_id, OLD.kind, OLD.started_date, OLD.started_by_id)
        IS DISTINCT FROM (NEW.id, NEW.person_id, NEW.carer_id, NEW.kind, NEW.started_date, NEW.started_by_id) THEN
        RAISE EXCEPTION 'Assessment % stays of whom it is.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_assessment_stays_theirs';
    ELSIF OLD.state <> NEW.state
        AND (OLD.state || '>' || NEW.state) NOT IN ('open>finished', 'finished>reopened', 'reopened>finished') THEN
        RAISE EXCEPTION 'An assessment cannot go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_assessment_goes_forward';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_assessment_begins_open BEFORE INSERT ON plans_assessment
FOR EACH ROW WHEN (NEW.state <> 'open') EXECUTE FUNCTION plans_check_assessment();
CREATE TRIGGER plans_assessment_goes_forward BEFORE UPDATE ON plans_assessment
FOR EACH ROW EXECUTE FUNCTION plans_check_assessment();

-- Answers are written while their assessment is, and choose an option of the question they answer.
-- FOR SHARE: nobody finishes it meanwhile.
CREATE FUNCTION plans_check_answer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM plans_assessment WHERE id = NEW.assessment_id AND state <> 'finished' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The assessment is finished: its answers stay.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_answer_stays_when_finished';
    END IF;
    IF NEW.option_id IS NOT NULL
        AND NOT EXISTS (SELECT FROM plans_rasoption WHERE id = NEW.option_id AND question_id = NEW.question_id) THEN
        RAISE EXCEPTION 'That is an answer to another question.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_answer_answers_its_question';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_answer_fits BEFORE INSERT OR UPDATE ON plans_answer
FOR EACH ROW EXECUTE FUNCTION plans_check_answer();

-- An indicative budget is only followed by another.
CREATE FUNCTION plans_check_indicative() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(OLD) - 'is_current' IS DISTINCT FROM to_jsonb(NEW) - 'is_current' OR NEW.is_current AND NOT OLD.is_current
    THEN
        RAISE EXCEPTION 'Indicative budget % stays as it was worked out.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_indicative_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_indicative_stays BEFORE UPDATE ON plans_indicativebudget
FOR EACH ROW EXECUTE FUNCTION plans_check_indicative();

CREATE FUNCTION plans_check_indicative_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM plans_rasquestion question
        JOIN plans_indicativebudget indicative ON indicative.id = NEW.indicative_id
        JOIN plans_rasoption option ON option.id = NEW.option_id AND option.question_id = question.id
        WHERE question.id = NEW.question_id AND question.version_id = indicative.version_id
        AND option.points = NEW.points
    ) THEN
        RAISE EXCEPTION 'A line counts an answer to its own question, at its points, of the same version.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_indicativeline_counts_what_was_answered';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_indicativeline_fits BEFORE INSERT ON plans_indicativeline
FOR EACH ROW EXECUTE FUNCTION plans_check_indicative_line();

-- At the end of a transaction the lines add up to the whole.
CREATE FUNCTION plans_check_indicative_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose uuid := COALESCE(to_jsonb(NEW) ->> 'indicative_id', to_jsonb(NEW) ->> 'id');
BEGIN
    IF EXISTS (
        SELECT FROM plans_indicativebudget indicative
        CROSS JOIN LATERAL (
            SELECT COALESCE(sum(points), 0) AS points, COALESCE(sum(weekly_pence), 0) AS pence
            FROM plans_indicativeline WHERE indicative_id = indicative.id
        ) AS lines
        WHERE indicative.id = whose
        AND (lines.points, lines.pence) IS DISTINCT FROM (indicative.points, indicative.allocated_pence)
    ) THEN
        RAISE EXCEPTION 'The lines of indicative budget % do not add up to it.', whose
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_indicative_lines_add_up';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER plans_indicative_lines_add_up AFTER INSERT ON plans_indicativebudget
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_check_indicative_adds_up();
CREATE CONSTRAINT TRIGGER plans_indicativeline_adds_up AFTER INSERT ON plans_indicativeline
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_check_indicative_adds_up();

-- At the end of a transaction nothing is taken off for unpaid care without consents that hold: when it is worked out,
-- and as long as it is the current one.
CREATE FUNCTION plans_check_unpaid_care(whose uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM plans_indicativebudget indicative
        JOIN plans_assessment assessment ON assessment.id = indicative.assessment_id
        WHERE indicative.id = whose AND indicative.is_current
        AND (indicative.unpaid_care_pence > 0 OR indicative.unpaid_hours > 0)
        AND indicative.unpaid_hours > (
            SELECT COALESCE(sum(counted.hours_weekly), 0)
            FROM plans_unpaidcare counted
            JOIN people_carerconsent consent ON consent.id = counted.consent_id
            WHERE counted.indicative_id = indicative.id
            AND consent.person_id = assessment.person_id
            AND counted.hours_weekly <= consent.hours_weekly
            AND consent.withdrawn_at IS NULL
            AND consent.start_date <= indicative.worked_out_date
            AND (consent.end_date IS NULL OR consent.end_date > indicative.worked_out_date)
        )
    ) THEN
        RAISE EXCEPTION 'Nothing is taken off for unpaid care without a carer''s consent in force.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_unpaid_care_has_consent';
    END IF;
END $$;

CREATE FUNCTION plans_check_indicative_has_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM plans_check_unpaid_care(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION plans_check_withdrawn_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM plans_check_unpaid_care(counted.indicative_id) FROM plans_unpaidcare counted
    WHERE counted.consent_id = NEW.id;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER plans_unpaid_care_has_consent AFTER INSERT ON plans_indicativebudget
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_check_indicative_has_consent();
CREATE CONSTRAINT TRIGGER plans_unpaid_care_ends_with_consent AFTER UPDATE ON people_carerconsent
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plans_check_withdrawn_consent();

-- A challenge changes once: when it is answered.
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

CREATE TRIGGER plans_challenge_is_only_answered BEFORE UPDATE ON plans_challenge
FOR EACH ROW EXECUTE FUNCTION plans_check_challenge();
