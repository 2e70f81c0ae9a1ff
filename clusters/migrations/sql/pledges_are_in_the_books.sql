-- pledges_are_in_the_books.sql: a pledge says what its entry moved: from that budget, into that member's share.

CREATE FUNCTION clusters_check_pledges() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong uuid;
BEGIN
    SELECT n.id INTO wrong
    FROM new_pledges n
    JOIN clusters_membership m ON m.id = n.membership_id
    JOIN clusters_cluster c ON c.id = m.cluster_id
    JOIN people_council k ON k.id = c.council_id
    JOIN budgets_budget b ON b.id = n.budget_id
    JOIN budgets_fundingstream s ON s.id = n.stream_id
    JOIN ledger_entry e ON e.id = n.entry_id
    WHERE b.person_id <> m.person_id OR s.council_id <> c.council_id
        OR e.book_id <> k.book_id OR e.kind <> 'pledge' OR e.reverses_id IS NOT NULL
        OR coalesce(e.concerned_date, e.effective_date) <> n.effective_date
        OR (SELECT count(*) FROM ledger_transfer t WHERE t.entry_id = e.id) <> 1
        OR NOT EXISTS (
            SELECT FROM ledger_transfer t
            WHERE t.entry_id = e.id AND t.amount_pence = n.amount_pence
                AND t.source_id = ledger_account_id(k.book_id, 'budget', n.budget_id, NULL, s.code)
                AND t.target_id = ledger_account_id(k.book_id, 'pool_share', n.membership_id, NULL, s.code))
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Pledge % does not say what its entry moved.', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_pledge_is_in_the_books';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER clusters_pledge_is_in_the_books AFTER INSERT ON clusters_pledge
REFERENCING NEW TABLE AS new_pledges FOR EACH STATEMENT EXECUTE FUNCTION clusters_check_pledges();
