"""Search 一网通查 as the public sees it: the page of results, its feed, and what is offered while typing.

Pages are made for each question and kept by nobody; they are the same for everybody.
"""
