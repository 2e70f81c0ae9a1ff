-- states_move_forward.sql: clusters and memberships change state only along these ways (design section 4).

CREATE FUNCTION clusters_cluster_may_become(old text, new text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (old || '>' || new) IN (
        'forming>agreed', 'forming>closed',
        'agreed>active', 'agreed>closed',
        'active>frozen', 'active>winding_down',
        'frozen>active', 'frozen>winding_down',
        'winding_down>closed');

CREATE FUNCTION clusters_membership_may_become(old text, new text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN
    (old || '>' || new) IN (
        'invited>members_agreed', 'invited>declined',
        'asked>members_agreed', 'asked>declined',
        'members_agreed>plan_agreed', 'members_agreed>declined',
        'plan_agreed>active', 'plan_agreed>declined',
        'active>on_notice', 'active>left',
        'on_notice>active', 'on_notice>left');

CREATE FUNCTION clusters_check_cluster() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.council_id, OLD.ref) IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.ref) THEN
        RAISE EXCEPTION 'Cluster % stays in its council, under its reference.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_cluster_stays_itself';
    ELSIF OLD.state <> NEW.state AND NOT clusters_cluster_may_become(OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'A cluster cannot go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_cluster_moves_forward';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_cluster_moves_forward BEFORE UPDATE ON clusters_cluster
FOR EACH ROW EXECUTE FUNCTION clusters_check_cluster();

-- Who and where stays; so does the day they joined, and, once they have left, the day they left.
CREATE FUNCTION clusters_check_membership() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.id, OLD.cluster_id, OLD.person_id, OLD.ref)
            IS DISTINCT FROM (NEW.id, NEW.cluster_id, NEW.person_id, NEW.ref)
            OR (OLD.joined_date IS NOT NULL AND OLD.joined_date IS DISTINCT FROM NEW.joined_date)
            OR (OLD.state = 'left' AND OLD.left_date IS DISTINCT FROM NEW.left_date) THEN
        RAISE EXCEPTION 'Membership % stays whose it is, and its days stay as they were.', OLD.id
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'clusters_membership_stays_itself';
    ELSIF OLD.state <> NEW.state AND NOT clusters_membership_may_become(OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'A membership cannot go from % to %.', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'clusters_membership_moves_forward';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER clusters_membership_moves_forward BEFORE UPDATE ON clusters_membership
FOR EACH ROW EXECUTE FUNCTION clusters_check_membership();
