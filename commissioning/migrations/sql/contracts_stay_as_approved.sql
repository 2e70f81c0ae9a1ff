-- contracts_stay_as_approved.sql: terms do not change once approval is asked for, states move only along these ways,
-- and a contract is approved only by a decision of its own, with its members' money committed.

CREATE FUNCTION commissioning_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER commissioning_contract_is_kept BEFORE DELETE OR TRUNCATE ON commissioning_contract
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();
CREATE TRIGGER commissioning_service_is_kept BEFORE TRUNCATE ON commissioning_contractservice
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();
CREATE TRIGGER commissioning_commitment_is_kept BEFORE TRUNCATE ON commissioning_commitment
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();
CREATE TRIGGER commissioning_approval_is_kept BEFORE DELETE OR TRUNCATE ON commissioning_approval
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();

-- `as_loaded`: approved elsewhere and loaded as given.
CREATE FUNCTION commissioning_contract_may_become(old text, new text, as_loaded boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (old || '>' || new) IN (
        'draft>requested', 'requested>approved', 'requested>returned', 'returned>draft', 'returned>requested',
        'approved>ended')
    OR (as_loaded AND old = 'draft' AND new = 'approved');

-- What the members promise is what the books committed: the same moves, no more and no fewer.
CREATE FUNCTION commissioning_is_committed(contract commissioning_contract) RETURNS boolean
LANGUAGE sql STABLE AS $$
    WITH promised AS (
        SELECT ledger_account_id(k.book_id, 'pool_share', p.membership_id, NULL, s.code) AS source_id,
            ledger_account_id(k.book_id, 'committed', p.membership_id, contract.id, s.code) AS target_id,
            p.amount_pence
        FROM commissioning_commitment p
        JOIN budgets_fundingstream s ON s.id = p.stream_id
        JOIN people_council k ON k.id = contract.council_id
        WHERE p.contract_id = contract.id
    ), posted AS (
        SELECT t.source_id, t.target_id, t.amount_pence
        FROM ledger_entry e
        JOIN people_council k ON k.id = contract.council_id AND k.book_id = e.book_id
        JOIN ledger_transfer t ON t.entry_id = e.id
        WHERE e.key = 'commit:' || contract.id
    )
    SELECT NOT EXISTS ((TABLE promised EXCEPT TABLE posted) UNION ALL (TABLE posted EXCEPT TABLE promised))
$$;

CREATE FUNCTION commissioning_check_contract() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A contract begins as a draft.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_begins_as_a_draft';
    END IF;
    IF (OLD.id, OLD.council_id, OLD.cluster_id, OLD.is_loaded)
            IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.cluster_id, NEW.is_loaded)
        OR (OLD.state NOT IN ('draft', 'returned')
            AND (OLD.ref, OLD.title, OLD.provider_id, OLD.start_date, OLD.end_date, OLD.weekly_pence,
                 OLD.one_off_pence, OLD.is_regulated)
                IS DISTINCT FROM (NEW.ref, NEW.title, NEW.provider_id, NEW.start_date, NEW.end_date, NEW.weekly_pence,
                                  NEW.one_off_pence, NEW.is_regulated)) THEN
        RAISE EXCEPTION 'Contract % stays as it was put forward for approval.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commissioning_contract_stays_as_approved';
    ELSIF OLD.state <> NEW.state AND NOT commissioning_contract_may_become(OLD.state, NEW.state, OLD.is_loaded) THEN
        RAISE EXCEPTION 'A contract cannot go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_moves_forward';
    ELSIF OLD.state = 'requested' AND NEW.state = 'approved' THEN
        IF NOT EXISTS (SELECT FROM commissioning_approval a WHERE a.contract_id = NEW.id AND a.state = 'approved') THEN
            RAISE EXCEPTION 'Nobody has approved contract %.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_is_approved_by_somebody';
        ELSIF NOT commissioning_is_committed(NEW) THEN
            RAISE EXCEPTION 'The books have not committed what the members promised to contract %.', OLD.id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_contract_is_approved_with_its_money';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_contract_stays_as_approved BEFORE UPDATE ON commissioning_contract
FOR EACH ROW EXECUTE FUNCTION commissioning_check_contract();
CREATE TRIGGER commissioning_contract_begins_as_a_draft BEFORE INSERT ON commissioning_contract
FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION commissioning_check_contract();

-- Services and commitments are terms too. FOR SHARE: nobody approves the contract while one is being written.
CREATE FUNCTION commissioning_check_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    contract_state text;
BEGIN
    FOR contract_state IN
        SELECT c.state FROM commissioning_contract c
        WHERE (TG_OP <> 'INSERT' AND c.id = OLD.contract_id) OR (TG_OP <> 'DELETE' AND c.id = NEW.contract_id)
        ORDER BY c.id FOR SHARE
    LOOP
        IF contract_state NOT IN ('draft', 'returned') THEN
            RAISE EXCEPTION 'The contract is %; what it buys and what is promised to it stay as they are.', contract_state
                USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commissioning_contract_stays_as_approved';
        END IF;
    END LOOP;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER commissioning_service_stays_as_approved BEFORE INSERT OR UPDATE OR DELETE ON commissioning_contractservice
FOR EACH ROW EXECUTE FUNCTION commissioning_check_term();
CREATE TRIGGER commissioning_commitment_stays_as_approved BEFORE INSERT OR UPDATE OR DELETE ON commissioning_commitment
FOR EACH ROW EXECUTE FUNCTION commissioning_check_term();

-- A request waits, is decided once, and is kept; it is for the contract as it stands, at its yearly value.
CREATE FUNCTION commissioning_check_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'waiting' OR NEW.estimate_pence <> (
            SELECT c.weekly_pence * 52 + c.one_off_pence FROM commissioning_contract c WHERE c.id = NEW.contract_id) THEN
            RAISE EXCEPTION 'A request waits first, and says the yearly value of its contract.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_approval_says_the_yearly_value';
        END IF;
    ELSIF OLD.state <> 'waiting' OR (OLD.id, OLD.contract_id, OLD.estimate_pence, OLD.requested_by_id, OLD.requested_at)
            IS DISTINCT FROM (NEW.id, NEW.contract_id, NEW.estimate_pence, NEW.requested_by_id, NEW.requested_at) THEN
        RAISE EXCEPTION 'Approval % is decided once, on what was asked.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'commissioning_approval_is_decided_once';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_approval_is_decided_once BEFORE INSERT OR UPDATE ON commissioning_approval
FOR EACH ROW EXECUTE FUNCTION commissioning_check_approval();
