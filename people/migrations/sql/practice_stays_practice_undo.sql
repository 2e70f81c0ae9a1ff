-- Undoes practice_stays_practice.sql.
DROP TRIGGER people_role_is_in_a_real_council ON people_role;
DROP FUNCTION people_refuse_role_in_practice();
DROP TRIGGER people_council_stays_what_it_is ON people_council;
DROP FUNCTION people_refuse_other_council();
