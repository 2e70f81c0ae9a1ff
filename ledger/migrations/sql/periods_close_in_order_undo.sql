-- periods_close_in_order_undo.sql
DROP FUNCTION ledger_write_closing_balances, ledger_seal_period CASCADE;
DROP FUNCTION ledger_entries_hash, ledger_closing;
