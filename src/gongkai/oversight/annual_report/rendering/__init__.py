"""A report in every form it is published in: web page, PDF, Word, spreadsheet, JSON.

``layout`` is the official layout of the three tables, merged cells included; ``page``, ``paper``, ``word`` and
``sheets`` draw it, ``rendering.FORMS`` names them all.
"""
