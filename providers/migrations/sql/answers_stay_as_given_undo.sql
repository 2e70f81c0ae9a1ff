DROP TRIGGER providers_answer_is_kept ON providers_ethicalanswer;
DROP TRIGGER providers_answer_stays_as_given ON providers_ethicalanswer;
DROP FUNCTION providers_check_answer();
DROP FUNCTION providers_refuse_change();
