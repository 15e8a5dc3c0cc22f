"""``make bench``: how fast, as ratios within one run. Enter at ``__main__``; each subject has a file of its own.

Rows of the large catalogues are written directly (``populate``), here and nowhere else: a hundred thousand documents
through review would take hours. What is measured goes through the product's own code.
"""
