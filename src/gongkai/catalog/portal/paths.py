"""Parts of public addresses: a year is four digits, a month two, so that neither is taken for anything else."""

from django.urls import register_converter


class Year:
    """2025."""

    regex = "(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        """The year."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Four digits."""
        return f"{value:04d}"


class Month:
    """03."""

    regex = "0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        """The month, from 1."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Two digits."""
        return f"{value:02d}"


def register() -> None:
    """Make both known to Django, once."""
    register_converter(Year, "year")
    register_converter(Month, "month")
