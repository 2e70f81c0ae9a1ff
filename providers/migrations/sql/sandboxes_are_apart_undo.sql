-- Undoes sandboxes_are_apart.sql.
DROP TRIGGER providers_key_is_a_real_providers ON providers_systemkey;
DROP FUNCTION providers_check_key();
DROP TRIGGER providers_sandbox_stays ON providers_sandbox;
DROP FUNCTION providers_refuse_sandbox_change();
DROP TRIGGER providers_sandbox_is_apart ON providers_sandbox;
DROP FUNCTION providers_check_sandbox();
