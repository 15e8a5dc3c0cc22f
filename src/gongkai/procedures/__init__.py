"""One procedure engine, many procedures 办理程序: *state × role × event → next state*, guards that tell all.

Declare a ``tables.Procedure``; ask ``engine.permitted``; act through ``engine.fire``, which locks, checks, records.
``diagrams`` draws a table for people, ``enumeration`` walks it for tests.
"""
