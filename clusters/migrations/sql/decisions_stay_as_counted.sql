-- decisions_stay_as_counted.sql: the roll and the options are frozen where a decision opens, ballots are written once and
-- only while it is open, it passes only with its quorum and two who say yes, and it unlocks one act. For psql too.

-- What is frozen with a decision is written in the transaction that opens it.
CREATE FUNCTION clusters_check_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM clusters_decision d WHERE d.id = NEW.decision_id AND d.made_in = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'The decision is open already; its % stays as it was opened.', TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_decision_is_frozen_when_it_opens';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_roll_is_frozen BEFORE INSERT ON clusters_rollentry
FOR EACH ROW EXECUTE FUNCTION clusters_check_frozen();
CREATE TRIGGER clusters_roll_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_rollentry
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
CREATE TRIGGER clusters_option_is_frozen BEFORE INSERT ON clusters_option
FOR EACH ROW EXECUTE FUNCTION clusters_check_frozen();
CREATE TRIGGER clusters_option_is_kept BEFORE DELETE OR TRUNCATE ON clusters_option
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- Only a member of the decision's cluster stands on its roll.
CREATE FUNCTION clusters_check_roll() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM clusters_decision d JOIN clusters_membership m ON m.cluster_id = d.cluster_id
        WHERE d.id = NEW.decision_id AND m.id = NEW.membership_id) THEN
        RAISE EXCEPTION 'Membership % is of another cluster.', NEW.membership_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_roll_names_its_own_members';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_roll_names_its_own_members BEFORE INSERT ON clusters_rollentry
FOR EACH ROW EXECUTE FUNCTION clusters_check_roll();

-- An option can only be taken back, once.
CREATE FUNCTION clusters_check_option() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.withdrawn_at IS NOT NULL OR to_jsonb(OLD) - 'withdrawn_at' <> to_jsonb(NEW) - 'withdrawn_at' THEN
        RAISE EXCEPTION 'Option % stays as it was put to the vote.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_option_stays_as_put';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_option_stays_as_put BEFORE UPDATE ON clusters_option
FOR EACH ROW EXECUTE FUNCTION clusters_check_option();

-- FOR SHARE: nobody counts the decision while a ballot is being cast.
CREATE FUNCTION clusters_check_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decision clusters_decision;
    person uuid;
BEGIN
    SELECT d.* INTO decision FROM clusters_decision d
    JOIN clusters_rollentry r ON r.decision_id = d.id WHERE r.id = NEW.entry_id FOR SHARE OF d;
    IF decision.state <> 'open' OR NEW.cast_at >= decision.closes_at OR NEW.cast_at < decision.opened_at THEN
        RAISE EXCEPTION 'The decision is not open at that moment.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_ballot_comes_in_time';
    END IF;
    IF (SELECT count(DISTINCT o.id) FROM clusters_option o
        WHERE o.decision_id = decision.id AND o.id = ANY (NEW.option_ids)) <> cardinality(NEW.option_ids)
        OR (decision.method <> 'approval' AND cardinality(NEW.option_ids) <> 1) THEN
        RAISE EXCEPTION 'A ballot chooses among the options of its decision: one, or any number where it says so.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_ballot_chooses_what_was_asked';
    END IF;
    IF NEW.number <> 1 + (SELECT count(*) FROM clusters_ballot b WHERE b.entry_id = NEW.entry_id) THEN
        RAISE EXCEPTION 'Ballots of a member are numbered one by one.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_ballot_number_is_next';
    END IF;
    SELECT m.person_id INTO person FROM clusters_rollentry r
    JOIN clusters_membership m ON m.id = r.membership_id WHERE r.id = NEW.entry_id;
    IF NEW.authority_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM people_authority a
        WHERE a.id = NEW.authority_id AND a.person_id = person AND a.helper_id = NEW.cast_by_id
            AND 'vote' = ANY (a.scopes) AND a.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION 'Authority % does not let its helper vote for this member.', NEW.authority_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_ballot_is_cast_with_authority';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_ballot_comes_in_time BEFORE INSERT ON clusters_ballot
FOR EACH ROW EXECUTE FUNCTION clusters_check_ballot();
CREATE TRIGGER clusters_ballot_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_ballot
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- The first reading of a paper stays; the second is added once.
CREATE FUNCTION clusters_check_paper_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'waiting' OR to_jsonb(OLD) - '{state,second_by_id,second_at}'::text[]
            <> to_jsonb(NEW) - '{state,second_by_id,second_at}'::text[] THEN
        RAISE EXCEPTION 'Paper ballot % stays as it was read.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_paper_ballot_stays_as_read';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_paper_ballot_stays_as_read BEFORE UPDATE ON clusters_paperballot
FOR EACH ROW EXECUTE FUNCTION clusters_check_paper_ballot();
CREATE TRIGGER clusters_paper_ballot_is_kept BEFORE DELETE OR TRUNCATE ON clusters_paperballot
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- The newest ballot of each member on the roll; in a decision about money without those who have left or are leaving.
CREATE FUNCTION clusters_counted_ballots(decision clusters_decision) RETURNS SETOF clusters_ballot
LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (b.entry_id) b.*
    FROM clusters_rollentry r
    JOIN clusters_membership m ON m.id = r.membership_id
    JOIN clusters_ballot b ON b.entry_id = r.id
    WHERE r.decision_id = decision.id
        AND NOT (decision.kind IN ('choose_offer', 'vary_contract', 'end_contract', 'spend_reserve', 'wind_down')
                 AND m.state IN ('on_notice', 'left', 'declined'))
    ORDER BY b.entry_id, b.number DESC
$$;

CREATE FUNCTION clusters_check_decision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cast_votes bigint;
    for_winner bigint;
    roll bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'open' THEN
            RAISE EXCEPTION 'A decision begins open.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_decision_begins_open';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.state <> 'open' OR to_jsonb(OLD) - '{state,closed_at,winner_id,outcome,counts}'::text[]
            <> to_jsonb(NEW) - '{state,closed_at,winner_id,outcome,counts}'::text[] THEN
        RAISE EXCEPTION 'Decision % stays as it was asked, and is counted once.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_decision_is_counted_once';
    END IF;
    IF NEW.state = 'passed' THEN
        SELECT count(*), count(*) FILTER (WHERE NEW.winner_id = ANY (b.option_ids)) INTO cast_votes, for_winner
        FROM clusters_counted_ballots(NEW) b;
        SELECT count(*) INTO roll FROM clusters_rollentry r WHERE r.decision_id = NEW.id;
        IF cast_votes * NEW.quorum_of < roll * NEW.quorum_votes OR for_winner < 2 OR NOT EXISTS (
            SELECT FROM clusters_option o
            WHERE o.id = NEW.winner_id AND o.decision_id = NEW.id AND o.withdrawn_at IS NULL
                AND o.counts_as IN ('yes', 'option')) THEN
            RAISE EXCEPTION 'Decision % has not the votes to pass.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_decision_passes_with_votes';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_decision_is_counted_once BEFORE INSERT OR UPDATE ON clusters_decision
FOR EACH ROW EXECUTE FUNCTION clusters_check_decision();
CREATE TRIGGER clusters_decision_is_kept BEFORE DELETE OR TRUNCATE ON clusters_decision
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

CREATE FUNCTION clusters_check_decision_use() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM clusters_decision d
        WHERE d.id = NEW.decision_id AND d.state = 'passed' AND d.subject_id IS NOT DISTINCT FROM NEW.subject_id) THEN
        RAISE EXCEPTION 'Decision % has not passed, or not about this.', NEW.decision_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_decision_unlocks_what_was_decided';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_decision_unlocks_what_was_decided BEFORE INSERT ON clusters_decisionuse
FOR EACH ROW EXECUTE FUNCTION clusters_check_decision_use();
CREATE TRIGGER clusters_decision_use_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_decisionuse
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();

-- What went back to a budget is what an entry moved back, and nothing of it changes.
CREATE FUNCTION clusters_check_returns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM clusters_membership m
        JOIN clusters_cluster c ON c.id = m.cluster_id
        JOIN people_council k ON k.id = c.council_id
        JOIN budgets_budget b ON b.id = NEW.budget_id AND b.person_id = m.person_id
        JOIN budgets_fundingstream s ON s.id = NEW.stream_id AND s.council_id = c.council_id
        JOIN ledger_entry e ON e.id = NEW.entry_id AND e.book_id = k.book_id AND e.kind = 'return'
        JOIN ledger_transfer t ON t.entry_id = e.id AND t.amount_pence = NEW.amount_pence
            AND t.source_id = ledger_account_id(k.book_id, 'pool_share', NEW.membership_id, NULL, s.code)
            AND t.target_id = ledger_account_id(k.book_id, 'budget', NEW.budget_id, NULL, s.code)
        WHERE m.id = NEW.membership_id) THEN
        RAISE EXCEPTION 'Return % does not say what its entry moved.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_return_is_in_the_books';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_return_is_in_the_books BEFORE INSERT ON clusters_pledgereturn
FOR EACH ROW EXECUTE FUNCTION clusters_check_returns();
CREATE TRIGGER clusters_return_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON clusters_pledgereturn
FOR EACH STATEMENT EXECUTE FUNCTION clusters_refuse_change();
