"""Small groups of people who pool their budgets: members, agreements, pledges, decisions."""
