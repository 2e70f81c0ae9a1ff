-- payees_stay_as_given_undo.sql: takes the guards of bank details away again, with their triggers.
DROP FUNCTION providers_refuse_payee_change CASCADE;
