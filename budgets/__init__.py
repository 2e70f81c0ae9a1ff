"""Personal budgets by funding stream, contributions, direct payments and the care account."""
