-- readings_are_kept.sql: who looked at somebody's record is written once and never changed, by nobody.

CREATE TRIGGER people_reading_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON people_reading
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();

-- Whoever looks at what is their own is not written down.
CREATE FUNCTION people_check_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM people_person WHERE id = NEW.person_id AND user_id = NEW.reader_id) THEN
        RAISE EXCEPTION 'Looking at what is one''s own is not written down.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_reading_is_by_somebody_else';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER people_reading_is_by_somebody_else BEFORE INSERT ON people_reading
FOR EACH ROW EXECUTE FUNCTION people_check_reading();
