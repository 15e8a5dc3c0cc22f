"""The house stands as the design says: small files, pure rules below, guarded doors, one way of writing."""

import ast
import importlib
import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps
from tests.addresses import Address, desk_addresses

from gongkai.ledger import kinds
from gongkai.procedures.registry import all_procedures

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "gongkai"
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 60
KINDS_OF_FILES = {".py", ".css", ".js", ".html"}
SAY_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"}
SIGN_IN_FAMILY = {"staff:sign_in", "staff:sign_out", "staff:totp", "staff:password"}
"""Open before somebody is known to be an officer with every factor shown; each looks after itself."""
PURE = ("gongkai.law", "gongkai.texts", "gongkai.publishing.checks")
IO = {"glob", "http.client", "pathlib", "requests", "shutil", "socket", "sqlite3", "subprocess", "tempfile"}
CLOCKS = {"now", "today", "time", "utcnow", "localdate"}
WRITES = {"bulk_create", "bulk_update", "create", "delete", "get_or_create", "save", "update", "update_or_create"}


def python_files(*, tests: bool = False) -> list[Path]:
    """Every module of the product that a person wrote (and, when asked, every test)."""
    roots = [SOURCE, *([ROOT / "tests"] if tests else [])]
    return [path for root in roots for path in sorted(root.rglob("*.py")) if "migrations" not in path.parts]


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions_of(path: Path) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef))


def module_of(path: Path) -> ModuleType:
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def test_no_file_is_longer_than_one_reads() -> None:
    files = [*SOURCE.rglob("*"), *(ROOT / "tests").rglob("*"), *(ROOT / "scripts").rglob("*")]
    long = {
        str(path.relative_to(ROOT)): count
        for path in files
        if path.suffix in KINDS_OF_FILES
        and not {"migrations", "__pycache__"} & set(path.parts)
        and (count := path.read_text(encoding="utf-8").count("\n")) > LINES_OF_A_FILE
    }
    assert long == {}


def test_every_function_is_seen_whole() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in python_files(tests=True)
        for function in functions_of(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_no_module_is_named_after_nothing() -> None:
    named = [str(path.relative_to(ROOT)) for path in python_files(tests=True) if path.stem.lower() in SAY_NOTHING]
    assert named == []


def test_every_package_says_what_it_is() -> None:
    packages = [path for path in python_files() if path.name == "__init__.py"]
    assert len(packages) > 10
    assert [str(path.relative_to(ROOT)) for path in packages if not ast.get_docstring(tree_of(path))] == []


@pytest.mark.parametrize("package", PURE)
def test_the_rules_beneath_need_no_django(package: str) -> None:
    """Imported in a fresh interpreter with everything below them, they bring no Django along."""
    code = (
        "import importlib, json, pkgutil, sys\n"
        f"package = importlib.import_module({package!r})\n"
        "names = [one.name for one in pkgutil.walk_packages(package.__path__, package.__name__ + '.')]\n"
        "for name in names: importlib.import_module(name)\n"
        "print(json.dumps([len(names), sorted(one for one in sys.modules if one.split('.')[0] == 'django')]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    number, django = json.loads(done.stdout)
    assert number > 3
    assert django == []


@pytest.mark.parametrize("package", PURE)
def test_the_rules_beneath_touch_no_file_no_network_and_no_clock(package: str) -> None:
    touching = []
    for path in sorted((ROOT / "src" / package.replace(".", "/")).rglob("*.py")):
        for node in ast.walk(tree_of(path)):
            if (imported := _imported(node)) & IO:
                touching.append(f"{path.relative_to(ROOT)}:{node.lineno} imports {imported}")  # type: ignore[attr-defined]
            if isinstance(node, ast.Call) and (called := _reads_a_clock(node) or _opens_a_file(node)):
                touching.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {called}")
    assert touching == []


def _imported(node: ast.AST) -> set[str]:
    """What the statement brings into the module; ``PurePath`` is arithmetic on names, no file is touched by it."""
    if isinstance(node, ast.Import):
        return {one.name for one in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        pure = node.module == "pathlib" and all(one.name.startswith("Pure") for one in node.names)
        return set() if pure else {node.module}
    return set()


def _reads_a_clock(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.attr in CLOCKS:
        owner = function.value.id
        return f"{owner}.{function.attr}" if owner in {"date", "datetime", "time", "timezone"} else ""
    return ""


def _opens_a_file(call: ast.Call) -> str:
    return "open" if isinstance(call.func, ast.Name) and call.func.id == "open" else ""


DESK = desk_addresses()


def test_the_walk_finds_the_desk() -> None:
    names = {one.name for one in DESK}
    assert {"desk:tasks", "desk:edition", "staff:officer", "columns:column"} <= names


@pytest.mark.parametrize("address", DESK, ids=lambda one: one.name)
def test_every_door_of_the_desk_is_guarded(address: Address) -> None:
    guarded = hasattr(address.view, "desk_roles")
    assert guarded != (address.name in SIGN_IN_FAMILY), "guard the view with agencies.access.desk_view"


@pytest.mark.parametrize("address", DESK, ids=lambda one: one.name)
def test_who_may_open_a_door_is_said_in_known_roles(address: Address) -> None:
    from gongkai.agencies.roles import Role

    assert set(getattr(address.view, "desk_roles", ())) <= set(Role.values)


def test_every_kind_of_entry_that_is_recorded_is_registered() -> None:
    """By the name in the source: a kind that only a rare path records would otherwise fail when it happens."""
    known = {kind.name for kind in kinds.all_kinds()}
    recorded = {}
    for path in python_files():
        for call in (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)):
            named = _kind_named(path, call)
            if named is not None:
                recorded[named] = str(path.relative_to(ROOT))
    assert len(recorded) > 20
    assert {kind: path for kind, path in recorded.items() if kind not in known} == {}
    for procedure in all_procedures():
        assert {event.kind for event in procedure.events} <= known


def _kind_named(path: Path, call: ast.Call) -> str | None:
    """The kind a call of ``record`` writes, where it says so itself (the engine passes on what its table names)."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "record") or not call.args:
        return None
    first = call.args[0]
    if isinstance(first, ast.Constant):
        return str(first.value)
    if isinstance(first, ast.Attribute) and isinstance(first.value, ast.Name):
        owner = getattr(module_of(path), first.value.id, None)
        return str(getattr(owner, first.attr)) if isinstance(owner, ModuleType) else None
    return None


def test_every_kind_belongs_to_the_package_that_names_it() -> None:
    packages = {config.label for config in apps.get_app_configs() if config.name.startswith("gongkai.")}
    ours = [kind.name for kind in kinds.all_kinds() if not kind.name.startswith("tests.")]
    assert [name for name in ours if name.split(".")[0] not in packages] == []


def test_whoever_acts_is_named() -> None:
    """Actions are called with ``by=``: nobody reads a call and wonders which argument was the person."""
    positional = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in python_files()
        if "actions" in path.parts
        for function in functions_of(path)
        if not function.name.startswith("_") and "by" in [one.arg for one in function.args.args]
    ]
    assert positional == []


def test_pages_write_through_actions_only() -> None:
    """No row is written by a page: what happened would not be in the ledger. The second factor is Django OTP's own."""
    writing = []
    for path in python_files():
        parts = path.relative_to(SOURCE).parts
        if not {"desk", "portal"} & {*parts, path.stem} or "actions" in parts:
            continue
        for call in (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES and _on_rows(path, call.func.value):
                writing.append(f"{path.relative_to(ROOT)}:{call.lineno} {ast.unparse(call.func)}")
    assert writing == []


def _on_rows(path: Path, owner: ast.expr) -> bool:
    """Whether it is a model's manager or a queryset made of one, or a thing by its name (not a module of actions)."""
    if isinstance(owner, ast.Name):
        return not isinstance(getattr(module_of(path), owner.id, None), ModuleType)
    return "objects" in ast.unparse(owner)
