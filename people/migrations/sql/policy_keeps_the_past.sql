-- policy_keeps_the_past.sql: no value of policy changes what held on a day gone by. A row begins today or later, unless
-- nothing held in the days before; it ends today or later; one that is still to come may be withdrawn. On the day a
-- council is registered it may bring along the values it had before: nothing was worked out by others yet.
CREATE FUNCTION people_policy_today() RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$ SELECT (now() AT TIME ZONE 'Europe/London')::date $$;

CREATE FUNCTION people_begins_today(council uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM people_council
        WHERE id = council AND (registered_at AT TIME ZONE 'Europe/London')::date = people_policy_today()
    )
$$;

CREATE FUNCTION people_check_new_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM people_policyvalue held
        WHERE held.code = NEW.code AND held.withdrawn_at IS NULL
            AND (held.council_id IS NULL OR held.council_id = NEW.council_id)
            AND daterange(held.effective_date, held.until_date)
                && daterange(NEW.effective_date, least(NEW.until_date, people_policy_today()))
    ) THEN
        RAISE EXCEPTION 'A value of policy begins today or later: what held before stays as it was.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_policy_keeps_the_past';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER people_policy_begins_today_or_later BEFORE INSERT ON people_policyvalue
FOR EACH ROW WHEN (
    NEW.effective_date < people_policy_today() AND NOT people_begins_today(NEW.council_id)
) EXECUTE FUNCTION people_check_new_policy();

CREATE OR REPLACE FUNCTION people_check_policy() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    today CONSTANT date := people_policy_today();
BEGIN
    IF OLD.withdrawn_at IS NOT NULL
        OR (OLD.id, OLD.council_id, OLD.code, OLD.value, OLD.unit, OLD.effective_date, OLD.source, OLD.made_at,
            OLD.made_by)
        IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.code, NEW.value, NEW.unit, NEW.effective_date, NEW.source,
                          NEW.made_at, NEW.made_by) THEN
        RAISE EXCEPTION 'Policy % is only ended, or withdrawn before it begins.', OLD.code
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_policy_is_only_ended';
    ELSIF people_begins_today(OLD.council_id) THEN
        RETURN NEW;
    ELSIF NEW.withdrawn_at IS NOT NULL AND OLD.effective_date <= today
        OR OLD.until_date IS DISTINCT FROM NEW.until_date AND (OLD.until_date < today OR NEW.until_date < today) THEN
        RAISE EXCEPTION 'Policy % ends today or later: what held before stays as it was.', OLD.code
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_policy_keeps_the_past';
    END IF;
    RETURN NEW;
END $$;
