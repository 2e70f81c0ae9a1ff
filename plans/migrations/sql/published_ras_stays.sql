-- published_ras_stays.sql: a published version of a resource allocation system is frozen, psql included. Drafts may be
-- changed; what is published is only retired, once. Somebody's money was worked out by it.

CREATE FUNCTION plans_refuse_ras_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: it is kept.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER plans_ras_is_kept BEFORE DELETE OR TRUNCATE ON plans_rasversion
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_ras_change();
CREATE TRIGGER plans_rasquestion_is_not_emptied BEFORE TRUNCATE ON plans_rasquestion
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_ras_change();
CREATE TRIGGER plans_rasoption_is_not_emptied BEFORE TRUNCATE ON plans_rasoption
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_ras_change();
CREATE TRIGGER plans_rasband_is_not_emptied BEFORE TRUNCATE ON plans_rasband
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_ras_change();
CREATE TRIGGER plans_priceitem_is_not_emptied BEFORE TRUNCATE ON plans_priceitem
FOR EACH STATEMENT EXECUTE FUNCTION plans_refuse_ras_change();

-- Drafts stay of the council, kind and number they began as; from draft to published to retired, and never back.
CREATE FUNCTION plans_check_ras() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'A version of a RAS begins as a draft.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_ras_begins_as_a_draft';
    ELSIF (OLD.id, OLD.council_id, OLD.kind, OLD.number, OLD.made_at, OLD.made_by, OLD.copied_from_id)
        IS DISTINCT FROM (NEW.id, NEW.council_id, NEW.kind, NEW.number, NEW.made_at, NEW.made_by, NEW.copied_from_id)
        OR (OLD.state || '>' || NEW.state) NOT IN ('draft>draft', 'draft>published', 'published>retired')
        OR OLD.state = 'published' AND
            (OLD.title, OLD.notes, OLD.method, OLD.tolerance_percent, OLD.moderation_percent, OLD.unpaid_hour_pence,
             OLD.unpaid_most_percent, OLD.effective_date, OLD.published_at, OLD.published_by)
            IS DISTINCT FROM
            (NEW.title, NEW.notes, NEW.method, NEW.tolerance_percent, NEW.moderation_percent, NEW.unpaid_hour_pence,
             NEW.unpaid_most_percent, NEW.effective_date, NEW.published_at, NEW.published_by) THEN
        RAISE EXCEPTION 'Version % of this RAS stays as it is. Make a new version.', OLD.number
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_ras_published_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_ras_begins_as_a_draft BEFORE INSERT ON plans_rasversion
FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION plans_check_ras();
CREATE TRIGGER plans_ras_published_stays BEFORE UPDATE ON plans_rasversion
FOR EACH ROW EXECUTE FUNCTION plans_check_ras();

-- A version is published whole: it asks something, every question can be answered in two ways, and its bands begin
-- at nothing and rise.
CREATE FUNCTION plans_check_ras_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM plans_rasquestion WHERE version_id = NEW.id)
        OR EXISTS (
            SELECT FROM plans_rasquestion question WHERE question.version_id = NEW.id
            AND (SELECT count(*) FROM plans_rasoption WHERE question_id = question.id) < 2
        )
        OR NEW.method = 'bands' AND (
            NOT EXISTS (SELECT FROM plans_rasband WHERE version_id = NEW.id AND from_points = 0)
            OR EXISTS (
                SELECT FROM (
                    SELECT weekly_pence, lag(weekly_pence) OVER (ORDER BY from_points) AS before
                    FROM plans_rasband WHERE version_id = NEW.id
                ) AS bands WHERE weekly_pence <= before
            )
        )
        OR NEW.method = 'price_book' AND NOT EXISTS (
            SELECT FROM plans_rasquestion WHERE version_id = NEW.id AND price_id IS NOT NULL
        ) THEN
        RAISE EXCEPTION 'Version % of this RAS is not whole yet.', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_ras_is_published_whole';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_ras_is_published_whole BEFORE UPDATE ON plans_rasversion
FOR EACH ROW WHEN (OLD.state = 'draft' AND NEW.state = 'published') EXECUTE FUNCTION plans_check_ras_is_whole();

-- What a version is made of changes only while it is a draft. FOR SHARE: nobody publishes it meanwhile.
CREATE FUNCTION plans_refuse_unless_draft(version uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM plans_rasversion WHERE id = version AND state = 'draft' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'This version of the RAS is published, and stays as it is. Make a new version.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'plans_ras_published_stays';
    END IF;
END $$;

CREATE FUNCTION plans_check_ras_part() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM plans_refuse_unless_draft(OLD.version_id);
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM plans_refuse_unless_draft(NEW.version_id);
    RETURN NEW;
END $$;

CREATE FUNCTION plans_check_ras_option() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM plans_refuse_unless_draft((SELECT version_id FROM plans_rasquestion WHERE id = OLD.question_id));
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM plans_refuse_unless_draft((SELECT version_id FROM plans_rasquestion WHERE id = NEW.question_id));
    RETURN NEW;
END $$;

CREATE TRIGGER plans_rasquestion_published_stays BEFORE INSERT OR UPDATE OR DELETE ON plans_rasquestion
FOR EACH ROW EXECUTE FUNCTION plans_check_ras_part();
CREATE TRIGGER plans_rasband_published_stays BEFORE INSERT OR UPDATE OR DELETE ON plans_rasband
FOR EACH ROW EXECUTE FUNCTION plans_check_ras_part();
CREATE TRIGGER plans_priceitem_published_stays BEFORE INSERT OR UPDATE OR DELETE ON plans_priceitem
FOR EACH ROW EXECUTE FUNCTION plans_check_ras_part();
CREATE TRIGGER plans_rasoption_published_stays BEFORE INSERT OR UPDATE OR DELETE ON plans_rasoption
FOR EACH ROW EXECUTE FUNCTION plans_check_ras_option();

-- A question belongs to an outcome of its version's kind, and takes its price from its own version's price book.
CREATE FUNCTION plans_check_rasquestion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM plans_rasversion WHERE id = NEW.version_id AND (kind = 'carer') = (NEW.outcome LIKE 'carer-%')
    ) OR NEW.price_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM plans_priceitem WHERE id = NEW.price_id AND version_id = NEW.version_id
    ) THEN
        RAISE EXCEPTION 'A question keeps to the outcomes and prices of its own version.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'plans_rasquestion_keeps_to_its_version';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER plans_rasquestion_keeps_to_its_version BEFORE INSERT OR UPDATE ON plans_rasquestion
FOR EACH ROW EXECUTE FUNCTION plans_check_rasquestion();
