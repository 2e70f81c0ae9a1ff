"""The pages on which a council writes, tries and publishes how budgets are worked out."""
