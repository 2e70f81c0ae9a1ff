"""Who delivers care: services and prices, CQC registration, the ethical test, start-up support."""
