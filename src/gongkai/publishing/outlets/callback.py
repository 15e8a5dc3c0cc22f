"""回告: the system that sent a draft is told at every step what became of it, at the address of its token.

Not an outlet that agencies switch on: who sent something with a token that has an address is told, nobody else. The
message carries the state as it is now, and which entry of the ledger it is about.
"""

import json
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder

from gongkai.agencies.queries import hosts_by_agency
from gongkai.agencies.sites import written_url
from gongkai.ledger import kinds
from gongkai.ledger.entries import Entry
from gongkai.publishing import push_states
from gongkai.publishing.outlets.contract import NotDeliverable, Parcel, register
from gongkai.publishing.outlets.posting import post, signature
from gongkai.publishing.pushes import Push, editions_of

FORMAT = "gongkai.push-state/1"


class Callback:
    """Posts to the token's ``callback_url``, signed with the token's own key."""

    key = "callback"
    label = "回告来文系统"
    options = ()
    chosen = False

    def deliver(self, parcel: Parcel) -> str:
        push = Push.objects.select_related("token", "document__department").get(document=parcel.document)
        if push.token.revoked_at is not None or not push.token.callback_url:
            raise NotDeliverable("报送所用的令牌已经作废，或者不再有回告地址。请在“接口令牌”中处理，或者放弃这次投递。")
        body = json.dumps(message(push, parcel), ensure_ascii=False, cls=DjangoJSONEncoder).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": parcel.key,
            "X-Gongkai-Signature": signature(push.token.callback_secret, body),
        }
        return post(push.token.callback_url, body, headers)


def message(push: Push, parcel: Parcel) -> dict[str, Any]:
    """The event and the present state; the same shape as ``GET /api/v1/pushes/{id}``."""
    entry = Entry.objects.get(pk=parcel.entry_id)
    edition = editions_of([push])[push.document_id]
    reviews = push_states.reviews_of([edition])[edition.pk]
    host = hosts_by_agency().get(push.agency_id, settings.GONGKAI_CITY_HOST)
    url = written_url(host, push.document.get_absolute_url())
    event = {"kind": entry.kind.rpartition(".")[2], "label": kinds.get(entry.kind).label, "at": entry.at}
    state = push_states.state_of(push, edition, reviews, url)
    return {"format": FORMAT, "key": parcel.key, "event": event, "push": state}


register(Callback())
