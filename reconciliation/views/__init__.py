"""The finance officer's pages, and the statement a member may read."""
