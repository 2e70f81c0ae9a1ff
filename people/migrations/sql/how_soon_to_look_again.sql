-- how_soon_to_look_again.sql: by when an allocation that is open again is looked at, with the source.
INSERT INTO people_policyvalue (council_id, code, value, unit, effective_date, source, made_by, withdrawn_by)
VALUES (NULL, 'allocation_again_days', 28, 'days', '2015-04-01',
    'Common Purse, to begin with: four weeks, as long as the notice before money changes', 'system:migrations', '');
