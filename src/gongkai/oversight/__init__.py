"""Oversight 监督保障: the annual report and whatever the supervising office looks at.

Regulation articles 46 to 50. ``annual_report`` computes, writes, checks and publishes the statutory report.
"""
