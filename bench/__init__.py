"""Measurements: each prints ratios against a floor measured in the same run. `make bench`, `make bench SIZE=full`."""
