"""Computing the tables of a year: one aggregate query over applications, a few over what is small, no row by row.

``tables.compute`` gives the figures, ``records.behind`` what one number consists of. Both read the same querysets
(``applications``, ``remedies``, ``documents``, ``entered``), so that a number and its records cannot differ.
"""
