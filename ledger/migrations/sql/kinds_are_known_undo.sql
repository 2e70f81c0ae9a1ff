-- kinds_are_known_undo.sql
DROP FUNCTION ledger_account_is_of_its_kind;
