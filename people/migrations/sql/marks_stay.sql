-- marks_stay.sql: a safeguarding mark is written whole, ended once, and kept.

CREATE TRIGGER people_mark_is_kept BEFORE DELETE OR TRUNCATE ON people_safeguardingmark
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();

CREATE FUNCTION people_check_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.ended_at IS NOT NULL
            OR NEW.start_date > (NEW.marked_at AT TIME ZONE 'Europe/London')::date
            OR NEW.review_date < (NEW.marked_at AT TIME ZONE 'Europe/London')::date THEN
            RAISE EXCEPTION 'A mark holds from its first moment, and is looked at again on a later day.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'people_mark_holds_at_once';
        ELSIF EXISTS (
            SELECT FROM people_person p WHERE p.id = NEW.person_id
                AND (p.user_id = NEW.kept_from_id OR p.lead_professional_id = NEW.kept_from_id)
        ) THEN
            RAISE EXCEPTION 'Nobody''s money is kept from themselves, or from who keeps their plan safe.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'people_mark_is_about_somebody_else';
        END IF;
    ELSIF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR to_jsonb(OLD) - ARRAY['end_reason', 'ended_at', 'ended_by_id']
            IS DISTINCT FROM to_jsonb(NEW) - ARRAY['end_reason', 'ended_at', 'ended_by_id'] THEN
        RAISE EXCEPTION 'A mark is only ended, once.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'people_mark_is_only_ended';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_mark_is_only_ended BEFORE INSERT OR UPDATE ON people_safeguardingmark
FOR EACH ROW EXECUTE FUNCTION people_check_mark();
