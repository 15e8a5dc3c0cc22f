"""Exchange folder 交换目录: one JSON file per document, for a parent platform, archive or library (art. 25).

The file of a document always shows its present state; it is written beside and renamed: nobody ever reads half of it.
"""

import hashlib
import json
import os
from pathlib import Path

from django.conf import settings

from gongkai.publishing.outlets.contract import NotDeliverable, Parcel, Undelivered, register
from gongkai.publishing.outlets.message import message


class ExchangeFolder:
    """Writes under the installation's data directory, in the sub-folder the agency names."""

    key = "exchange"
    label = "交换目录"
    options = (("folder", "目录名", True),)

    def deliver(self, parcel: Parcel) -> str:
        folder = self._folder(str(parcel.settings.get("folder") or ""))
        path = folder / f"{parcel.document.index_number}.json"
        content = json.dumps(message(parcel), ensure_ascii=False, indent=1).encode()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(f".{os.getpid()}.part")
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            raise Undelivered(f"写入交换目录失败：{error.strerror}") from error
        return f"{path.name} sha256:{hashlib.sha256(content).hexdigest()[:16]}"

    @staticmethod
    def _folder(name: str) -> Path:
        root = (Path(settings.DATA_DIR) / "exchange").resolve()
        folder = (root / name).resolve()
        if not name or not folder.is_relative_to(root) or folder == root:
            raise NotDeliverable("请在渠道设置中填写目录名（不含“..”）。")
        return folder


register(ExchangeFolder())
