"""The questions about whoever is signed in: how things should be, and who acts for them."""
