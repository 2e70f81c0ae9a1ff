-- reviews_stay_as_given.sql: a review is of a contract that ran, by a member of its own cluster, and is never changed.

CREATE FUNCTION commissioning_check_review() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM commissioning_contract c JOIN clusters_membership m ON m.cluster_id = c.cluster_id
        WHERE c.id = NEW.contract_id AND m.id = NEW.membership_id AND c.state IN ('approved', 'ended')) THEN
        RAISE EXCEPTION 'Membership % has had nothing under contract %.', NEW.membership_id, NEW.contract_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_review_is_of_what_one_had';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_review_is_of_what_one_had BEFORE INSERT ON commissioning_providerreview
FOR EACH ROW EXECUTE FUNCTION commissioning_check_review();
CREATE TRIGGER commissioning_review_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON commissioning_providerreview
FOR EACH STATEMENT EXECUTE FUNCTION commissioning_refuse_change();

-- An offer has a price for what its call asks for, once the transaction that makes it is done.
CREATE FUNCTION commissioning_check_offer_price() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM commissioning_offerstep s JOIN commissioning_call c ON c.id = NEW.call_id
        WHERE s.offer_id = NEW.id AND s.from_weekly_units <= c.weekly_units) THEN
        RAISE EXCEPTION 'Offer % has no price for what its call asks for.', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_offer_has_a_price';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER commissioning_offer_has_a_price AFTER INSERT ON commissioning_offer
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION commissioning_check_offer_price();

-- A call begins open; a call that was chosen from, or found nothing, says so in another row.
CREATE FUNCTION commissioning_check_new_call() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'open' OR NOT EXISTS (
        SELECT FROM clusters_cluster c WHERE c.id = NEW.cluster_id AND c.council_id = NEW.council_id) THEN
        RAISE EXCEPTION 'A call begins open, in the council of its cluster.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_call_begins_open';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_call_begins_open BEFORE INSERT ON commissioning_call
FOR EACH ROW EXECUTE FUNCTION commissioning_check_new_call();
