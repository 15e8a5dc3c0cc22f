"""Files in the data directory instead of sending: the demo, and an installation that is not set up yet.

Named by the key, so that a second attempt overwrites the first. The receipt says that nobody got anything.
"""

import os
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from gongkai.telling.outlets.contract import Fate, Letter, Receipt


class MailFile:
    """Writes ``mail/<key>.eml``; of files only what they are called, for what lies here lies open."""

    def send(self, letter: Letter) -> Receipt:
        message = EmailMessage()
        message["Subject"], message["To"] = letter.title, letter.to
        message["From"] = settings.DEFAULT_FROM_EMAIL
        named = "".join(f"\n附件（未写出）：{one.name}" for one in letter.enclosed)
        message.set_content(letter.text + named)
        return _written(Path("mail") / f"{letter.key}.eml", message.as_bytes())


class SmsFile:
    """Writes ``sms/<key>.txt``: number, then text."""

    def send(self, letter: Letter) -> Receipt:
        sign = f"【{letter.sign}】" if letter.sign else ""
        return _written(Path("sms") / f"{letter.key}.txt", f"{letter.to}\n{sign}{letter.text}\n".encode())


def _written(name: Path, content: bytes) -> Receipt:
    path = Path(settings.DATA_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    part.replace(path)
    return Receipt(name.as_posix(), Fate.FILED)
