"""Pages about whoever is signed in: how they want things to be, who acts for them, what they were told."""
