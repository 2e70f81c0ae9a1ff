-- empty.sql: every table without rows and every sequence at its beginning, but for what migrations fill and tests do
-- not change. The caller has turned triggers off.
DO $$
DECLARE
    kept CONSTANT name[] := '{django_migrations, django_content_type, auth_permission}';
    filled record;
BEGIN
    FOR filled IN
        SELECT relname, oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL (kept)
            AND pg_relation_size(oid) > 0
    LOOP
        EXECUTE format('DELETE FROM %s %s', filled.name,
            CASE WHEN filled.relname IN ('people_policyvalue', 'reports_ledgercode') THEN 'WHERE council_id IS NOT NULL' END);
    END LOOP;
    PERFORM setval(used.seqrelid::regclass, used.seqstart, false)
    FROM pg_sequence used
    JOIN pg_depend owned ON owned.objid = used.seqrelid AND owned.refclassid = 'pg_class'::regclass
        AND owned.deptype IN ('a', 'i')
    JOIN pg_class of_table ON of_table.oid = owned.refobjid
    WHERE of_table.relnamespace = 'public'::regnamespace AND of_table.relname <> ALL (kept)
        AND pg_sequence_last_value(used.seqrelid) IS NOT NULL;
END $$
