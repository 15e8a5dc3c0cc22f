"""Officers at their desks, signed in; an agency where every role is filled."""

from tests.applications.desk.conftest import at, desk

__all__ = ["at", "desk"]
