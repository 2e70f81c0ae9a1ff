"""Assessing: begin, write, finish, work out what it comes to, and answer whoever does not agree."""

from plans.actions.answers_owed import UnableToChallenge
from plans.actions.assessment.begin import FirstWords, begin_assessment
from plans.actions.assessment.challenge import answer_challenge, make_challenge
from plans.actions.assessment.consent import end_lapsed_consents, withdraw_carer_consent
from plans.actions.assessment.finish import Findings, finish_assessment, renew_questions
from plans.actions.assessment.rights import UnableToAssess
from plans.actions.assessment.write import answer_own, write_assessment

__all__ = [
    "Findings",
    "FirstWords",
    "UnableToAssess",
    "UnableToChallenge",
    "answer_challenge",
    "answer_own",
    "begin_assessment",
    "end_lapsed_consents",
    "finish_assessment",
    "make_challenge",
    "renew_questions",
    "withdraw_carer_consent",
    "write_assessment",
]
