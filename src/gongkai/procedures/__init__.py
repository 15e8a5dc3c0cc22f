"""One procedure engine, many procedures 办理程序: *state × role × event → next state*, with guards that tell all reasons.

Declare a ``tables.Procedure``; ask ``engine.permitted``; act through ``engine.fire``: it locks, checks, changes, records.
``diagrams`` draws a table for people, ``enumeration`` walks it for tests.
"""
