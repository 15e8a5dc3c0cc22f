"""Reading anybody's published report: web page, PDF, Word, spreadsheet, JSON in; title, tables and chapters out.

``opening`` turns a file into blocks (paragraphs and grids), ``tables`` finds the statutory tables among the grids,
``chapters`` the six chapters among the paragraphs, ``report`` puts them together and says what was not found.
"""
