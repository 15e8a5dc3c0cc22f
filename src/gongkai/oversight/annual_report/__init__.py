"""The annual report: read from files, computed from records, written, checked, published, submitted, aggregated.

What the report is, and what must add up in it, is ``gongkai.law.annual_report``.
"""
