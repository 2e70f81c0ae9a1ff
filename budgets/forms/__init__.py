"""What the pages of personal budgets ask."""
