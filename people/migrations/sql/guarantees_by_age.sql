-- guarantees_by_age.sql: the minimum income guarantee differs by age (SI 2014/2672, regulation 7). The ages are the law's;
-- the amounts are made up, to begin with, as that of a grown adult is: a council sets its own. Of pension age it begins
-- as that of a grown adult, so that nobody's charge rises by this.
INSERT INTO people_policyvalue (council_id, code, value, unit, effective_date, source, made_by, withdrawn_by)
SELECT NULL, code, value, unit, effective_date::date, source, 'system:migrations', '' FROM (VALUES
    ('mig_under_25_weekly_pence', 13030, 'pence', '2015-04-01',
     'Made up, to begin with: 30.00 below that of a grown adult. Set your own by age and circumstances'),
    ('mig_pension_age_weekly_pence', 16030, 'pence', '2015-04-01',
     'Made up, to begin with: that of a grown adult. Set your own by age and circumstances'),
    ('mig_adult_from_years', 25, 'years', '2015-04-01', 'SI 2014/2672, regulation 7: aged 25 or older'),
    ('mig_pension_from_years', 66, 'years', '2020-10-06', 'Pensions Act 2014, section 26: pension age is 66')
) AS known (code, value, unit, effective_date, source);
