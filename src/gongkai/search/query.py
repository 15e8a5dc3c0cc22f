"""The one door to the search: ``search(Asked(...)) -> Found``.

What is public is found by everybody: ``search(Asked(text="供热", filters={"agency": ("3",)}))``. On the desk the
officer's labels are added: ``search(Asked(text="供热", labels=labels.of_officer(officer)))``; nothing else decides
what is found, and a page has nothing to hide afterwards.

Two things come in from above this module (fill them in ``SearchConfig.ready``): ``register_expansion(f)`` with
``f(text, site) -> Sequence[str]``, the question in other words that mean the same (synonyms; the text itself not among
them). Best bets are the page's own: it asks for them by the question and shows them above the hits.
"""
