"""Officers at their desks: one client each, signed in."""

from tests.publishing.desk.conftest import at, desk

__all__ = ["at", "desk"]
