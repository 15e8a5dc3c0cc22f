"""Documents: what each says in public now, and for the desk what it is going to say."""

from gongkai.search.projections.documents import entries, hits, items
from gongkai.search.projections.registry import Projection, register

register(
    Projection(
        subject=items.SUBJECT,
        kinds={items.SUBJECT: "文件", items.DRAFT: "未公开稿件"},
        entry_kinds=entries.KINDS,
        items=items.items,
        after=items.after,
        total=items.total,
        turned=items.turned,
        touched=entries.touched,
        show=hits.show,
    )
)
