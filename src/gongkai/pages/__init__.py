"""Prepared pages: rendered once per change, kept as files, answered without Django (``docs/mechanisms/pages.md``).

A page view names what it shows (``keys``); packages declare which ledger entries touch which of those names
(``effects``); the follower marks exactly the pages that show them, and the worker renews those (``renewal``).
``serving`` answers from the files, ``store`` keeps them true, ``verifying`` proves it. The keys are the ledger's own
names of things (``document:41``), so an entry says by itself what is stale.
"""
