-- known_policy.sql: values of policy without a council hold wherever a council has said nothing else.

INSERT INTO people_policyvalue (council_id, code, value, unit, effective_date, source) VALUES
    (NULL, 'light_touch_threshold_pence', 66354000, 'pence', '2020-01-01',
     'Procurement Act 2023, light-touch contracts, 663,540 incl. VAT (2026)'),
    (NULL, 'exit_hold_days', 35, 'days', '2020-01-01',
     'Common Purse: money for what was ordered is held until the last invoice or 35 days'),
    (NULL, 'ethical_floor_percent', 60, 'percent', '2020-01-01',
     'Common Purse: a provider meets at least 60 % of the ethical commissioning test');
