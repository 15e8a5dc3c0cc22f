"""Telling people 告知: mail, short messages and the bell of the desk, following the ledger.

Whoever knows what an entry means to somebody registers it; this package asks how and when that person wants to be told.
"""
