-- whole_policy_undo.sql: takes back whole_policy.sql.
ALTER TABLE people_policyvalue DISABLE TRIGGER USER;
DELETE FROM people_policyvalue
WHERE council_id IS NULL AND code NOT IN ('light_touch_threshold_pence', 'exit_hold_days', 'ethical_floor_percent');
ALTER TABLE people_policyvalue ENABLE TRIGGER USER;
