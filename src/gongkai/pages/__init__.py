"""Prepared pages: what a page shows, so that a change renews exactly the pages that show what changed.

A page view names what it shows with ``keys.remember``; whoever keeps pages reads it with ``keys.shown``.
The keys are the ledger's own names of things (``document:41``), so a ledger entry says by itself what is stale.
"""
