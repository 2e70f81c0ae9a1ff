-- first_contacts_are_kept.sql: what was said first stays as it was written; the assessment goes on from it.

CREATE TRIGGER people_firstcontact_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON people_firstcontact
FOR EACH STATEMENT EXECUTE FUNCTION people_refuse_change();
