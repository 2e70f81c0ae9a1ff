-- periods_close_in_order_undo.sql: takes the triggers away again.
DROP TRIGGER ledger_closing_balance_comes_with_its_period ON ledger_closingbalance;
DROP TRIGGER ledger_period_follows_the_last ON ledger_period;
DROP FUNCTION ledger_check_closing_balances, ledger_check_period;
