"""All tables of this package, for Django."""

from gongkai.search.best_bets import BestBet
from gongkai.search.frequent import CountsReview, DeniedSuggestion, FrequentSearch, SearchCount
from gongkai.search.synonyms import SynonymGroup

__all__ = ["BestBet", "CountsReview", "DeniedSuggestion", "FrequentSearch", "SearchCount", "SynonymGroup"]
