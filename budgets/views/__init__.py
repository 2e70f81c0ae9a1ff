"""The pages of personal budgets."""
