"""All measurements on the database of the environment: ``python -m tests.bench.run [--quick]`` prints their JSON."""

import json
import os
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - models exist only after setup
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from tests.bench import imports, lists, populate, releases  # noqa: E402

from gongkai.ledger import followers  # noqa: E402
from gongkai.search import building  # noqa: E402

FULL = {"sizes": (1_000, 100_000), "imports": 300, "requests": 40, "releases": 40}
QUICK = {"sizes": (200, 2_000), "imports": 20, "requests": 5, "releases": 5}


def measure(plan: dict[str, Any]) -> dict[str, Any]:
    """Import first, then the lists and releases at each size."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    city = populate.city()
    followers.advance_all()
    done: dict[str, Any] = {"database": _database(), "import": imports.import_documents(city, plan["imports"])}
    _say("导入", done["import"])
    done["sizes"] = {}
    for size in plan["sizes"]:
        begin = time.perf_counter()
        populate.grow(city, size)
        building.rebuild()  # else the worker would make the index while releases are measured
        _say(f"{size}份文件", {"seconds": time.perf_counter() - begin})
        found = {"lists": lists.pages(city, plan["requests"])}
        _say("列表", found["lists"])
        found["release"] = releases.release_to_followed(city, plan["releases"])
        _say("发布", found["release"])
        done["sizes"][str(size)] = found
    return done


def _database() -> str:
    connection.ensure_connection()
    return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"


def _say(what: str, found: dict[str, Any]) -> None:
    print(f"{what}：{json.dumps(found, ensure_ascii=False)}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    print(json.dumps(measure(QUICK if "--quick" in sys.argv[1:] else FULL), ensure_ascii=False))
