"""The steps of a whole life of a cluster in the browser, and those who take them."""
