-- walls.sql: the second wall (ADR 34). Who asks in the web does so as commonpurse_web, and says in a setting of the
-- session what the wall lets them meet. The app itself (workers, commands) is let through, and pays nothing for it.

-- Which ids of a kind (councils, books, people, ...) the wall lets whoever asks meet; where nothing is said, none.
CREATE FUNCTION wall_lets(what text) RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('commonpurse.' || what, true), '')::uuid[];

-- Put a wall around a table: in the web only rows of which `lets` is true are met. With `writes`, only rows of which that
-- is true are written, such as a council's own where others hold everywhere.
CREATE FUNCTION wall_around(walled regclass, lets text, writes text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('CREATE POLICY house ON %s TO commonpurse_app USING (true) WITH CHECK (true)', walled);
    EXECUTE format('CREATE POLICY wall ON %s TO commonpurse_web USING (%s) WITH CHECK (%2$s)', walled, coalesce(writes, lets));
    IF writes IS NOT NULL THEN
        EXECUTE format('CREATE POLICY wall_to_read ON %s FOR SELECT TO commonpurse_web USING (%s)', walled, lets);
    END IF;
END
$body$;

-- The same for what belongs to something else: met by whoever meets the whole (row by row, by its id).
CREATE FUNCTION wall_around_part(walled regclass, of regclass, by name) RETURNS void LANGUAGE sql
RETURN wall_around(walled, format('EXISTS (SELECT FROM %s whole WHERE whole.id = %s.%I)', of, walled, by));

CREATE FUNCTION wall_away(walled regclass) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    EXECUTE format('DROP POLICY wall ON %s', walled);
    EXECUTE format('DROP POLICY IF EXISTS wall_to_read ON %s', walled);
    EXECUTE format('DROP POLICY house ON %s', walled);
    EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', walled);
END
$body$;

REVOKE ALL ON FUNCTION wall_around, wall_around_part, wall_away FROM PUBLIC;
