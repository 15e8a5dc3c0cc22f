"""Django looks for models here; they live with their subject."""

from gongkai.ledger.data_keys import DataKey
from gongkai.ledger.entries import Entry
from gongkai.ledger.person_files import PersonFile
from gongkai.ledger.persons import PersonKey
from gongkai.ledger.positions import Epoch, Position

__all__ = ["DataKey", "Entry", "Epoch", "PersonFile", "PersonKey", "Position"]
