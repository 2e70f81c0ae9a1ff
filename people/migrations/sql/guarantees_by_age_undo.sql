-- guarantees_by_age_undo.sql: takes back guarantees_by_age.sql.
ALTER TABLE people_policyvalue DISABLE TRIGGER USER;
DELETE FROM people_policyvalue
WHERE council_id IS NULL AND code IN
    ('mig_under_25_weekly_pence', 'mig_pension_age_weekly_pence', 'mig_adult_from_years', 'mig_pension_from_years');
ALTER TABLE people_policyvalue ENABLE TRIGGER USER;
