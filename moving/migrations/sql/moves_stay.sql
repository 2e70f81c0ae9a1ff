-- moves_stay.sql: keys, moves and arrivals keep what they said. For psql as well as for Django.

CREATE FUNCTION moving_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER moving_key_is_kept BEFORE DELETE OR TRUNCATE ON moving_councilkey
FOR EACH STATEMENT EXECUTE FUNCTION moving_refuse_change();
CREATE TRIGGER moving_known_is_kept BEFORE DELETE OR TRUNCATE ON moving_knowncouncil
FOR EACH STATEMENT EXECUTE FUNCTION moving_refuse_change();
CREATE TRIGGER moving_move_is_kept BEFORE DELETE OR TRUNCATE ON moving_move
FOR EACH STATEMENT EXECUTE FUNCTION moving_refuse_change();
CREATE TRIGGER moving_arrival_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON moving_arrival
FOR EACH STATEMENT EXECUTE FUNCTION moving_refuse_change();

-- A key is only retired, once.
CREATE FUNCTION moving_check_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.retired_at IS NOT NULL OR NEW.retired_at IS NULL
        OR to_jsonb(OLD) - 'retired_at' IS DISTINCT FROM to_jsonb(NEW) - 'retired_at' THEN
        RAISE EXCEPTION 'Key % is only retired, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'moving_key_is_only_retired';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER moving_key_is_only_retired BEFORE UPDATE ON moving_councilkey
FOR EACH ROW EXECUTE FUNCTION moving_check_key();

-- Another council's key is entered unchecked, checked once and ended once; its bytes stay.
CREATE FUNCTION moving_check_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A key is entered first, and checked by somebody else after.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'moving_known_begins_unchecked';
    ELSIF OLD.ended_at IS NOT NULL
        OR (OLD.checked_at IS NOT NULL
            AND (OLD.checked_at, OLD.checked_by_id) IS DISTINCT FROM (NEW.checked_at, NEW.checked_by_id))
        OR to_jsonb(OLD) - ARRAY['checked_at', 'checked_by_id', 'ended_at', 'ended_by_id']
            IS DISTINCT FROM to_jsonb(NEW) - ARRAY['checked_at', 'checked_by_id', 'ended_at', 'ended_by_id'] THEN
        RAISE EXCEPTION 'Key % is only checked and ended, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'moving_known_stays_as_entered';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER moving_known_begins_unchecked BEFORE INSERT ON moving_knowncouncil
FOR EACH ROW WHEN (COALESCE(NEW.checked_at, NEW.ended_at) IS NOT NULL) EXECUTE FUNCTION moving_check_known();
CREATE TRIGGER moving_known_stays_as_entered BEFORE UPDATE ON moving_knowncouncil
FOR EACH ROW EXECUTE FUNCTION moving_check_known();

-- A move is taken back or sent, once; what was agreed stays. It goes to a council whose key was checked.
CREATE FUNCTION moving_check_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.taken_back_at IS NOT NULL OR OLD.sent_at IS NOT NULL
        OR to_jsonb(OLD) - ARRAY['taken_back_at', 'taken_back_by', 'sent_at', 'sent_by_id', 'pack_id', 'pack', 'copy_locked']
            IS DISTINCT FROM
           to_jsonb(NEW) - ARRAY['taken_back_at', 'taken_back_by', 'sent_at', 'sent_by_id', 'pack_id', 'pack', 'copy_locked']
    ) THEN
        RAISE EXCEPTION 'Move % is only taken back or sent, once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'moving_move_stays_as_agreed';
    END IF;
    PERFORM FROM moving_knowncouncil k JOIN people_person p ON p.id = NEW.person_id AND p.council_id = k.council_id
    WHERE k.id = NEW.to_id AND (NEW.taken_back_at IS NOT NULL OR (k.checked_at IS NOT NULL AND k.ended_at IS NULL));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Move % goes to no council whose key is checked.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'moving_move_goes_to_a_trusted_council';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER moving_move_stays_as_agreed BEFORE INSERT OR UPDATE ON moving_move
FOR EACH ROW EXECUTE FUNCTION moving_check_move();

CREATE FUNCTION moving_check_arrival() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM moving_knowncouncil k
    JOIN moving_councilkey o ON o.id = NEW.key_id AND o.council_id = NEW.council_id
    JOIN people_person p ON p.id = NEW.person_id AND p.council_id = NEW.council_id
    WHERE k.id = NEW.sender_id AND k.council_id = NEW.council_id AND k.checked_at IS NOT NULL AND k.ended_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Arrival % is from no council whose key is checked.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'moving_arrival_is_from_a_trusted_council';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER moving_arrival_is_from_a_trusted_council BEFORE INSERT ON moving_arrival
FOR EACH ROW EXECUTE FUNCTION moving_check_arrival();
