-- What the app may do: read and write everything that migrations made, delete next to nothing, own nothing.
-- `manage.py migrate` runs this as the owner after every migration; running it again changes nothing (ADR 2).
-- commonpurse_web, which the app becomes while somebody asks in the web, may do the same behind the wall (ADR 34).

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, commonpurse_app, commonpurse_web;
GRANT USAGE ON SCHEMA public TO commonpurse_app, commonpurse_web;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO commonpurse_app, commonpurse_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO commonpurse_app, commonpurse_web;
REVOKE INSERT, UPDATE ON django_migrations FROM commonpurse_app, commonpurse_web;

-- Bulk intake lays out what came in tables of its own, for workers and for systems that send many at once.
DO $$
BEGIN
    IF has_database_privilege(current_database(), 'TEMPORARY WITH GRANT OPTION') THEN
        EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO commonpurse_app, commonpurse_web', current_database());
    END IF;
END
$$;

-- Housekeeping only: nothing here is money or history. Think twice before adding a table.
DO $$
DECLARE
    housekeeping text;
BEGIN
    FOREACH housekeeping IN ARRAY ARRAY[
        'django_session',
        'account_emailaddress',
        'account_emailconfirmation',
        'mfa_authenticator',
        -- Where somebody is signed in: a row goes when they sign out there.
        'usersessions_usersession',
        -- Access tokens of providers' systems: they run out after a quarter of an hour.
        'allauth_idp_oidc_token',
        'people_user_groups',
        'people_user_user_permissions',
        -- What drafts of a resource allocation system are made of; triggers keep what is published.
        'plans_rasquestion',
        'plans_rasoption',
        'plans_rasband',
        'plans_priceitem',
        -- The inbox of bulk intake: rows leave it as they become invoices.
        'invoices_inboxdocument',
        'invoices_inboxline',
        -- What systems were told and answered: triggers keep what is young, and policy says how old it gets.
        'invoices_delivery',
        'invoices_deliveryattempt',
        'invoices_idempotentrequest'
    ] LOOP
        IF to_regclass(housekeeping) IS NOT NULL THEN
            EXECUTE format('GRANT DELETE ON %I TO commonpurse_app, commonpurse_web', housekeeping);
        END IF;
    END LOOP;
END
$$;

-- Reports of one's own read views without names, and nothing else; backups read everything and write nothing. The app
-- has no business with those views: they are read past every wall.
DO $$
DECLARE
    reading text;
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'commonpurse_backup') THEN
        GRANT USAGE ON SCHEMA public TO commonpurse_backup;
        GRANT SELECT ON ALL TABLES IN SCHEMA public TO commonpurse_backup;
        GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO commonpurse_backup;
    END IF;
    FOR reading IN SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewname LIKE 'report\_%' LOOP
        EXECUTE format('REVOKE ALL ON %I FROM commonpurse_app, commonpurse_web', reading);
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'commonpurse_report') THEN
            GRANT USAGE ON SCHEMA public TO commonpurse_report;
            EXECUTE format('GRANT SELECT ON %I TO commonpurse_report', reading);
        END IF;
    END LOOP;
END
$$;
