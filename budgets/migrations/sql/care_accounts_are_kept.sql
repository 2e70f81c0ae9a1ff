-- care_accounts_are_kept.sql: what counted in a care account is written once and never taken away (Care Act 2014 s28).
CREATE TRIGGER budgets_care_account_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON budgets_careaccountentry
FOR EACH STATEMENT EXECUTE FUNCTION budgets_refuse_change();
