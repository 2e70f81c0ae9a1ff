-- counts_refer_to_what_is_there.sql: what the rows of a count refer to is looked up all at once.
--
-- Foreign keys do it row by row at COMMIT, which took a seventh of a month end. So those that every statement, finding and
-- month of a cluster has are declared and not enforced (ADR 9), and what they did is done here: nothing that is not there is
-- referred to, and what is referred to stays and keeps its name. Members, clusters, month ends and their parts are never
-- deleted and have guards for that already; some names were held by these keys alone.
CREATE FUNCTION reconciliation_check_references() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    reference text;
    missing uuid;
BEGIN
    FOREACH reference IN ARRAY TG_ARGV LOOP  -- "column>table"
        EXECUTE format(
            'SELECT (array_agg(n.id))[1] FROM (SELECT DISTINCT %I AS id FROM touched) n LEFT JOIN %I o ON o.id = n.id '
            'WHERE n.id IS NOT NULL AND o.id IS NULL', split_part(reference, '>', 1), split_part(reference, '>', 2)) INTO missing;
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION '% refers to % % and there is none.', TG_TABLE_NAME, split_part(reference, '>', 2), missing
                USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'reconciliation_count_refers_to_what_is_there';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
REVOKE EXECUTE ON FUNCTION reconciliation_check_references FROM PUBLIC;

DO $$
DECLARE
    kept record;
    reference record;
BEGIN
    FOR kept IN SELECT * FROM (VALUES
        ('reconciliation_clustermonth', ARRAY['month_end_id>reconciliation_monthend', 'cluster_id>clusters_cluster']),
        ('reconciliation_servicemonth', ARRAY['cluster_month_id>reconciliation_clustermonth']),
        ('reconciliation_statement', ARRAY['cluster_month_id>reconciliation_clustermonth', 'membership_id>clusters_membership']),
        ('reconciliation_finding', ARRAY['month_end_id>reconciliation_monthend', 'cluster_id>clusters_cluster',
            'membership_id>clusters_membership'])) v(name, refers)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT '
            'EXECUTE FUNCTION reconciliation_check_references(%s)', kept.name || '_refers', kept.name,
            (SELECT string_agg(quote_literal(r), ', ') FROM unnest(kept.refers) r));
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched FOR EACH STATEMENT '
            'EXECUTE FUNCTION reconciliation_check_references(%s)', kept.name || '_still_refers', kept.name,
            (SELECT string_agg(quote_literal(r), ', ') FROM unnest(kept.refers) r));
        FOR reference IN
            SELECT c.conname FROM pg_constraint c
            WHERE c.contype = 'f' AND c.conrelid = kept.name::regclass
                AND c.confrelid IN (SELECT split_part(r, '>', 2)::regclass FROM unnest(kept.refers) r)
        LOOP
            EXECUTE format('ALTER TABLE %I ALTER CONSTRAINT %I NOT ENFORCED', kept.name, reference.conname);
        END LOOP;
    END LOOP;
END $$;

-- The other half of a foreign key: what is referred to keeps its name.
CREATE TRIGGER reconciliation_cluster_keeps_its_name BEFORE UPDATE OF id ON clusters_cluster
FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_refuse_change();
CREATE TRIGGER reconciliation_clustermonth_keeps_its_name BEFORE UPDATE OF id ON reconciliation_clustermonth
FOR EACH STATEMENT EXECUTE FUNCTION reconciliation_refuse_change();
