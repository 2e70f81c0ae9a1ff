-- how_long_messages_are_kept.sql: how long what is said to providers' systems is kept, with the source.
INSERT INTO people_policyvalue (council_id, code, value, unit, effective_date, source, made_by, withdrawn_by)
SELECT NULL, code, value, 'days', '2015-04-01'::date, source, 'system:migrations', '' FROM (VALUES
    ('webhook_log_days', 90, 'Common Purse, to begin with: a quarter, so that a provider can look for what went amiss'),
    ('kept_answers_days', 35, 'Common Purse, to begin with: a billing month and a few days. The IETF draft on '
     'Idempotency-Key leaves it to the server')
) AS policy (code, value, source);
