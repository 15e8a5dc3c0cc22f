"""The query code and the secret by which an applicant's page is opened: made, written, typed in again.

Of the secret only a slow hash is kept. A code nobody has costs as much as a wrong secret and is answered the same, so
that nobody learns which codes exist.
"""

import unicodedata

from django.contrib.auth.hashers import check_password, make_password

from gongkai.applications.applications import Application, new_code

_SECRET_LENGTH = 8  # 40 bits, tried at most a few times an hour for one code
_LONGEST = 40


def new_secret() -> str:
    """A secret to be shown once."""
    return new_code()[:_SECRET_LENGTH]


def hashed(secret: str) -> str:
    """What is kept of it. Slow by design: not for a transaction that others wait for."""
    return make_password(secret)


def written(code: str) -> str:
    """In two groups, easier to copy from paper."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def typed(text: str) -> str:
    """As it is kept: full-width letters, small ones, blanks and hyphens are what people type."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    return "".join(letter for letter in plain if letter.isalnum() and letter.isascii())


def find(code: str, secret: str) -> Application | None:
    """The application these open; None for a wrong code and for a wrong secret alike."""
    application = Application.objects.filter(query_code=typed(code)).select_related("agency").first()
    kept = application.secret_hash if application is not None else ""
    if not kept:
        make_password(typed(secret))  # as long as checking takes
        return None
    return application if check_password(typed(secret), kept) else None
