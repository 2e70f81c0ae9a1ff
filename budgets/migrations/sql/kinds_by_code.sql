-- kinds_by_code.sql: streams from before there were kinds are of the kind their code tells (budgets/rules/streams.py).

UPDATE budgets_fundingstream SET kind = CASE
    WHEN lower(code) IN ('nhs', 'health', 'phb', 'chc') THEN 'health'
    WHEN lower(code) IN ('housing', 'dfg', 'equipment', 'adaptation') THEN 'housing'
    WHEN lower(code) IN ('contribution', 'own', 'client') THEN 'own'
    WHEN lower(code) IN ('top_up', 'topup', 'top-up', 'third_party') THEN 'top_up'
    ELSE 'social_care' END;
