"""What lies there of uploads, read from the disk: ``python -m tests.faults.uploaded``."""

import hashlib
import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from gongkai.interfaces.uploads.upload import Upload  # noqa: E402 - models exist only after setup

if __name__ == "__main__":
    found = []
    for upload in Upload.objects.all():
        data = b"".join(upload.parts.chunks(upload.offset))
        found.append({"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data), "state": upload.state})
    print(json.dumps(found))
