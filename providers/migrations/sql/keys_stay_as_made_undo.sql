-- Undoes keys_stay_as_made.sql.
ALTER TABLE allauth_idp_oidc_token DROP CONSTRAINT providers_token_is_a_systems;
ALTER TABLE allauth_idp_oidc_client DROP CONSTRAINT providers_client_is_a_system;
DROP TRIGGER providers_credential_stays ON providers_keycredential;
DROP TRIGGER providers_credential_is_kept ON providers_keycredential;
DROP TRIGGER providers_key_stays ON providers_systemkey;
DROP TRIGGER providers_key_is_kept ON providers_systemkey;
DROP FUNCTION providers_refuse_key_change();
