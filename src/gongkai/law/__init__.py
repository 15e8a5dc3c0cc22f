"""The law as a library (法定规则): pure functions and data, no Django, no IO, no clock of its own (`today` is an
argument).

Start with `calendar.Calendar` (working days, 法定工作日), then `duties` (time limits of proactive disclosure, article
26), `articles` (what the Regulation lists: items, grounds, citations) and `upkeep` (how often a column must be
renewed, 国办秘函〔2019〕19号).

For applications: `replies` (how an item may be decided), `fees`, `remedies`.

Every rule names its article and how well it was verified: 【核】 against the full text, 【摘】 from excerpts or real
reports, 【忆】 from memory, which is configuration and never a hard stop. `docs/law.md` is the Chinese overview.
"""
