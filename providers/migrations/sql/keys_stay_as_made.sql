-- keys_stay_as_made.sql: what a key opens is never widened, what was taken back stays taken back, and both are kept.
CREATE FUNCTION providers_refuse_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: a key is kept as it was made, and only ever opens less. Make another key.',
        TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER providers_key_is_kept BEFORE DELETE OR TRUNCATE ON providers_systemkey
FOR EACH STATEMENT EXECUTE FUNCTION providers_refuse_key_change();
CREATE TRIGGER providers_key_stays BEFORE UPDATE ON providers_systemkey
FOR EACH ROW WHEN (
    (OLD.id, OLD.provider_id, OLD.name, OLD.scopes, OLD.is_sandbox, OLD.made_at, OLD.made_by) IS DISTINCT FROM
    (NEW.id, NEW.provider_id, NEW.name, NEW.scopes, NEW.is_sandbox, NEW.made_at, NEW.made_by)
    OR (OLD.revoked_at IS NOT NULL
        AND (OLD.revoked_at, OLD.revoked_by) IS DISTINCT FROM (NEW.revoked_at, NEW.revoked_by)))
EXECUTE FUNCTION providers_refuse_key_change();

CREATE TRIGGER providers_credential_is_kept BEFORE DELETE OR TRUNCATE ON providers_keycredential
FOR EACH STATEMENT EXECUTE FUNCTION providers_refuse_key_change();
CREATE TRIGGER providers_credential_stays BEFORE UPDATE ON providers_keycredential
FOR EACH ROW WHEN (
    (OLD.id, OLD.key_id, OLD.client_id, OLD.token_hash, OLD.made_at, OLD.made_by) IS DISTINCT FROM
    (NEW.id, NEW.key_id, NEW.client_id, NEW.token_hash, NEW.made_at, NEW.made_by)
    OR (OLD.ends_at IS NOT NULL AND (NEW.ends_at IS NULL OR NEW.ends_at > OLD.ends_at)))
EXECUTE FUNCTION providers_refuse_key_change();

-- Whoever signs in with a client id is a system: never a person, in nobody's name, and sent on to nowhere.
ALTER TABLE allauth_idp_oidc_client ADD CONSTRAINT providers_client_is_a_system CHECK (
    grant_types = 'client_credentials' AND type = 'confidential' AND redirect_uris = '' AND cors_origins = ''
    AND owner_id IS NULL AND NOT allow_uri_wildcards);
ALTER TABLE allauth_idp_oidc_token ADD CONSTRAINT providers_token_is_a_systems CHECK (
    type = 'at' AND user_id IS NULL AND client_id IS NOT NULL AND expires_at IS NOT NULL);
