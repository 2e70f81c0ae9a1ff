"""Making the story happen, through the same actions that pages and providers' systems use."""
