-- leave_nothing_behind.sql: whoever leaves says from which day on, and has left once none of their money is in the pool.

CREATE FUNCTION clusters_check_leaving() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.left_date IS NULL THEN
        RAISE EXCEPTION 'Membership % does not say from which day on it is over.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_leaver_says_when';
    ELSIF NEW.state = 'left' AND EXISTS (
        SELECT FROM clusters_cluster c
        JOIN people_council k ON k.id = c.council_id
        JOIN ledger_account a ON a.book_id = k.book_id AND a.owner_id = NEW.id
            AND a.kind IN ('pool_share', 'committed') AND a.balance_pence > 0
        WHERE c.id = NEW.cluster_id) THEN
        RAISE EXCEPTION 'Membership % still has money in the pool.', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_leaver_leaves_nothing_behind';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_leaver_leaves_nothing_behind BEFORE UPDATE ON clusters_membership
FOR EACH ROW WHEN (NEW.state IN ('on_notice', 'left') AND OLD.state <> NEW.state) EXECUTE FUNCTION clusters_check_leaving();
