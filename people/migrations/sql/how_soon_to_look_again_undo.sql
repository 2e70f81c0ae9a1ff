-- how_soon_to_look_again_undo.sql: takes the row away that came along; a council's own stay.
ALTER TABLE people_policyvalue DISABLE TRIGGER USER;
DELETE FROM people_policyvalue WHERE council_id IS NULL AND code = 'allocation_again_days';
ALTER TABLE people_policyvalue ENABLE TRIGGER USER;
