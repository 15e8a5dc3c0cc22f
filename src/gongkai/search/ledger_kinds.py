"""What this package writes into the ledger: how people in charge steer the search. Searching itself leaves no entry."""

from gongkai.ledger.kinds import register
from gongkai.pages import effects

SYNONYMS_CHANGED = register("search.synonyms", "修改同义词", describe=lambda data: str(data["what"])).name
BEST_BET_CHANGED = register("search.best_bet", "修改推荐结果", describe=lambda data: str(data["what"])).name
SUGGESTION_DENIED = register("search.denied", "修改联想屏蔽词", describe=lambda data: str(data["what"])).name

# Answers to questions are never prepared.
effects.harmless({SYNONYMS_CHANGED, BEST_BET_CHANGED, SUGGESTION_DENIED})
