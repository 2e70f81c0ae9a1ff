"""The pages on which people of a provider bill: what they can bill, what became of it, and what they are paid."""
