-- care_accounts_come_along.sql: what a council goes on with for somebody who moved there is written once and kept.
CREATE TRIGGER budgets_care_account_basis_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON budgets_careaccountbasis
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
