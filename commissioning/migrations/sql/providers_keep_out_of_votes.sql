-- providers_keep_out_of_votes.sql: nobody votes for somebody else, or enters their paper, on a question about the provider
-- they work for (design section 4). Their own vote, as a member, is theirs. For psql as well as for Django.

-- A question is about every provider that one of its answers names.
CREATE FUNCTION commissioning_is_about_employer(entry uuid, staff uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM clusters_rollentry r
        JOIN clusters_option o ON o.decision_id = r.decision_id
        JOIN providers_providerstaff s ON s.provider_id = o.provider_id
        JOIN clusters_membership m ON m.id = r.membership_id
        JOIN people_person p ON p.id = m.person_id
        WHERE r.id = entry AND s.user_id = staff AND p.user_id IS DISTINCT FROM staff)
$$;

CREATE FUNCTION commissioning_check_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF commissioning_is_about_employer(NEW.entry_id, NEW.cast_by_id)
        OR commissioning_is_about_employer(NEW.entry_id, NEW.confirmed_by_id) THEN
        RAISE EXCEPTION 'Ballot % is about somebody that who cast it works for.', NEW.receipt
            USING ERRCODE = 'check_violation', CONSTRAINT = 'commissioning_nobody_votes_for_their_employer';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER commissioning_nobody_votes_for_their_employer BEFORE INSERT ON clusters_ballot
FOR EACH ROW EXECUTE FUNCTION commissioning_check_ballot();
