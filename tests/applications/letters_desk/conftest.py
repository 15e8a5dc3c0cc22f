"""Officers at their desks, as the pages of the desk are tested."""

from tests.applications.desk.conftest import at, desk

__all__ = ["at", "desk"]
