"""Mail through the server that is set up (``GONGKAI_MAIL_HOST``), with a Message-ID that tells repeats and returns."""

import re
import smtplib
import uuid
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from gongkai.telling.outlets.contract import Fate, Letter, NotSent, Outlet, Receipt, WillNotBeSent
from gongkai.telling.outlets.file import MailFile

_TIMEOUT_SECONDS = 20
_FOR_GOOD = range(500, 600)
_KEY = re.compile(r"<?gongkai\.([0-9a-f-]{36})@")


def connected() -> bool:
    """Whether mail leaves this installation at all."""
    return bool(settings.GONGKAI_MAIL_HOST)


def outlet() -> Outlet:
    """Where mail goes in this installation."""
    return Mail() if connected() else MailFile()


def message_id(key: str) -> str:
    """The Message-ID of an envelope: the same at every attempt, which many servers drop as a repeat."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or settings.GONGKAI_CITY_HOST
    return f"<gongkai.{key}@{domain}>"


def key_in(message_id: str) -> str | None:
    """The envelope's key in a Message-ID of ours."""
    found = _KEY.search(message_id)
    try:
        return str(uuid.UUID(found.group(1))) if found else None
    except ValueError:
        return None


class Mail:
    """Django's mail backend; a refusal of the recipient by the server is final, anything else is tried again."""

    def send(self, letter: Letter) -> Receipt:
        number = message_id(letter.key)
        message = EmailMessage(
            subject=" ".join(letter.title.split()),
            body=letter.text,
            from_email=formataddr((letter.sender, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
            to=[letter.to],
            headers={"Message-ID": number, "Auto-Submitted": "auto-generated"},
            connection=get_connection(timeout=_TIMEOUT_SECONDS),
        )
        for one in letter.enclosed:
            message.attach(one.name, one.content, one.content_type)
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as error:
            code = max((answer[0] for answer in error.recipients.values()), default=0)
            raise (WillNotBeSent if code in _FOR_GOOD else NotSent)(f"邮件服务器不接受收件人（{code}）。") from None
        except smtplib.SMTPResponseException as error:
            raise NotSent(f"邮件服务器答复 {error.smtp_code}。") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(f"邮件服务器无法使用：{type(error).__name__}。") from error
        except ValueError:  # an address or header the library will not write
            raise WillNotBeSent("电子邮箱写法有误。") from None
        return Receipt(number, Fate.SENT)
