-- agreed_plans_stay.sql: what was agreed stays as it was agreed, and what somebody decides on stays as they read it.
-- Steps and their reasons are written once. For psql as well as for Django.

CREATE TRIGGER plans_plan_is_kept BEFORE DELETE OR TRUNCATE ON plans_plan
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_need_is_kept BEFORE DELETE OR TRUNCATE ON plans_need
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();
CREATE TRIGGER plans_step_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON plans_planstep
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_change();

-- Of an agreed plan only the day it is looked at again moves, and that it was given is written once. Of one that a
-- manager or the panel decides on, only how far it came. Fields that come later are kept without being named here.
CREATE FUNCTION plans_check_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := ARRAY['review_due_date', 'given_at', 'given_by_id'];
BEGIN
    IF OLD.state <> 'agreed' THEN
        may_change := may_change || ARRAY['state', 'agreed_at', 'agreed_by_id', 'return_reason'];
    END IF;
    IF to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change THEN
        RAISE EXCEPTION 'Plan % stays as it is. Write the next version instead.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_plan_stays_as_agreed';
    ELSIF OLD.given_at IS NOT NULL
        AND (OLD.given_at, OLD.given_by_id) IS DISTINCT FROM (NEW.given_at, NEW.given_by_id) THEN
        RAISE EXCEPTION 'When plan % was given is written once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_plan_is_given_once';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_plan_stays_as_agreed BEFORE UPDATE ON plans_plan
FOR EACH ROW WHEN (OLD.state IN ('agreed', 'manager', 'panel')) EXECUTE FUNCTION plans_check_plan();

CREATE FUNCTION plans_check_way() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A plan cannot go from % to %.', OLD.state, NEW.state
        USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_plan_goes_its_way';
END $$;

CREATE TRIGGER plans_plan_goes_its_way BEFORE UPDATE ON plans_plan
FOR EACH ROW WHEN (OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN (
    'draft>submitted', 'returned>submitted', 'submitted>manager', 'submitted>agreed', 'submitted>returned',
    'manager>panel', 'manager>agreed', 'manager>returned', 'panel>agreed', 'panel>returned'
)) EXECUTE FUNCTION plans_check_way();

-- FOR SHARE: nobody agrees a plan while a need of it is being written. What a loaded plan said may still be added.
CREATE FUNCTION plans_check_need() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its record;
BEGIN
    FOR its IN
        SELECT p.id, p.state, p.is_loaded FROM plans_plan p
        WHERE (TG_OP <> 'INSERT' AND p.id = OLD.plan_id) OR p.id = NEW.plan_id
        ORDER BY p.id FOR SHARE
    LOOP
        IF its.state IN ('agreed', 'manager', 'panel') AND NOT (TG_OP = 'INSERT' AND its.is_loaded) THEN
            RAISE EXCEPTION 'The needs of plan % stay as they are. Write the next version instead.', its.id
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_need_stays_as_agreed';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_need_stays_as_agreed BEFORE INSERT OR UPDATE ON plans_need
FOR EACH ROW EXECUTE FUNCTION plans_check_need();
