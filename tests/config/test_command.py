"""The `gongkai` command line: Chinese throughout, exit codes as promised, and every command where it belongs."""

import argparse
import re
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import CommandError
from django.db.utils import OperationalError

from gongkai.config import command

CHINESE = re.compile(r"[一-鿿]")
ENGLISH_OF_ARGPARSE = re.compile(r"\b(usage|options|positional arguments|show this help|error|invalid|required)\b")


def all_parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from all_parsers(sub)


def parsers() -> list[argparse.ArgumentParser]:
    return list(all_parsers(command.build_parser(command.discover())))


@pytest.mark.parametrize("parser", parsers(), ids=lambda parser: parser.prog)
def test_every_command_and_option_is_explained_in_chinese(parser: argparse.ArgumentParser) -> None:
    assert CHINESE.search(parser.description or ""), "the command says what it is for"
    for action in parser._actions:
        if not isinstance(action, argparse._SubParsersAction):
            assert CHINESE.search(action.help or ""), f"{action.option_strings or action.dest} has no Chinese help"
    text = parser.format_help()
    assert not ENGLISH_OF_ARGPARSE.search(text), text


@pytest.mark.parametrize("name", sorted(command.discover()))
def test_help_of_each_command_is_shown_and_counts_as_done(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main([name, "--help"])
    assert ended.value.code == 0
    assert command.discover()[name].HELP.split("，")[0] in capsys.readouterr().out


def test_a_command_is_found_by_its_name_alone() -> None:
    for name, module in command.discover().items():
        assert name == module.NAME
        assert command.discover(name) == {name: module}


def test_the_list_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        command.main(["--help"])
    listed = capsys.readouterr().out
    assert "用法：" in listed
    for name, module in command.discover().items():
        assert name in listed
        assert module.HELP.split("，")[0] in listed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "缺少必需的参数"),
        (["nonsense"], "没有 'nonsense' 这个选择"),
        (["version", "--loud"], "不认识的参数：--loud"),
        (["serve", "--port"], "后面须写一个值"),
        (["serve", "--port", "99999"], "不是端口号"),
        (["serve", "--workers", "0"], "不是正整数"),
        (["serve", "--prep"], "不认识的参数：--prep"),
        (["users", "create-admin", "--agency", "CG"], "缺少必需的参数：--username, --name"),
    ],
)
def test_what_was_asked_wrongly_is_exit_code_two(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        command.main(arguments)
    assert ended.value.code == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert "--help" in complaint
    assert not ENGLISH_OF_ARGPARSE.search(complaint), complaint


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        (CommandError("文件不存在。"), 1, "失败：文件不存在。"),
        (ImproperlyConfigured("环境变量写错了。"), 1, "失败：环境变量写错了。"),
        (OperationalError("no such table: x"), 1, "gongkai migrate"),
        (KeyboardInterrupt(), 130, "已中断"),
    ],
)
def test_failures_are_one_sentence_and_their_exit_code(
    failure: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(options: argparse.Namespace) -> int:
        raise failure

    monkeypatch.setattr(command.discover()["version"], "run", fail)
    assert command.main(["version"]) == code
    complaint = capsys.readouterr().err
    assert said in complaint
    assert "Traceback" not in complaint


@pytest.mark.django_db
def test_version_names_what_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["version"]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^Gongkai +\d+\.\d+", said, re.M)
    assert re.search(r"^(SQLite|PostgreSQL) +\d+\.\d+", said, re.M)


@pytest.mark.django_db
def test_migrate_has_nothing_to_do_on_a_database_that_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["migrate"]) == 0
    assert "已是最新" in capsys.readouterr().out
