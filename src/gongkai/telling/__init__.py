"""Telling people 告知: mail, short messages and the bell of the desk, following the ledger.

Whoever knows what an entry means to somebody registers it (``registry.tells``), and whoever knows days that matter
registers them (``warnings.register``); this package asks how and when that person wants to be told, and tells what
became of it (``status.about``). Personal data of the public is read only in the moment of sending (``addresses``).
Regulation articles 30 to 36 demand the notices; a message here only says that there is something to look at.
"""
