"""Commissioning reports, transparency and open data: reads everybody, writes nobody's money."""
