"""What a provider can do about a line that is held, in plain words. Source: ours."""

NEXT_STEPS = {
    "unknown_service": "Check the code of the service against your contract. If it is wrong, send a new invoice for "
    "this line; we reject this one then.",
    "outside_contract": "Check the date. If it is right, tell us why the visit was outside the contract’s dates.",
    "rate_mismatch": "Check the price against your contract. If yours is wrong, send a new invoice for this line. If "
    "a new price was agreed, tell us when and with whom.",
    "amount_mismatch": "Units times price is not the amount. Send a new invoice for this line, or tell us how you "
    "worked it out.",
    "member_not_active": "Check the member’s reference and the date. If both are right, tell us what you know: they "
    "may have joined or left on another day.",
    "duplicate_line": "This visit has been billed already. If there were two visits of the same length that day, "
    "tell us their times.",
    "units_exceeded": "The contract has no units left. Tell us why more were needed; the council decides whether "
    "there can be more.",
    "insufficient_funds": "You need to do nothing. The council looks at whether there is money for this.",
    "corrected_line_not_accepted": "The line that this credit corrects was not accepted, so there is nothing to give "
    "back. Check which line it corrects.",
    "visit_disputed": "Tell us what you know of this visit: who was there, and from when to when. The council looks at "
    "both sides. It is paid, or taken back, after that.",
}
ASK = {
    "provider": "You",
    "commissioner": "The council’s commissioners",
    "finance_officer": "The council’s finance officers",
}


def what_to_do(reason: str) -> str:
    """Say what a provider can do about a line held for this reason."""
    return NEXT_STEPS[reason]


def whose_turn(owner: str, *, is_answered: bool) -> str:
    """Say to a provider whose turn it is; once it has answered, finance officers look at that next."""
    if owner == "provider" and is_answered:
        return f"{ASK['finance_officer']}: you have answered"
    return ASK.get(owner, "The council")
