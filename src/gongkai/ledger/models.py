"""Django looks for models here; they live with their subject."""

from gongkai.ledger.entries import Entry
from gongkai.ledger.persons import PersonKey
from gongkai.ledger.positions import Epoch, Position

__all__ = ["Entry", "Epoch", "PersonKey", "Position"]
