"""argparse in Chinese: headings, the built-in help option and every message of refusal.

argparse looks its words up through the module's own ``_`` and ``ngettext``, in the language of the shell; servers often
run without any locale, so the words are given here instead of in a message catalogue.
"""

import argparse
import sys
from typing import NoReturn

_WORDS = {
    "usage: ": "用法：",
    "%(prog)s: error: %(message)s\n": "错误：%(message)s\n",
    "options": "选项",
    "optional arguments": "选项",
    "positional arguments": "参数",
    "subcommands": "子命令",
    "show this help message and exit": "显示这份帮助",
    "the following arguments are required: %s": "缺少必需的参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这个选择，可选：%(choices)s",
    "invalid %(type)s value: %(value)r": "值 %(value)r 无效，应为 %(type)s",
    "expected one argument": "后面须写一个值",
    "expected at most one argument": "后面最多写一个值",
    "expected at least one argument": "后面至少写一个值",
    "expected %s argument": "后面须写 %s 个值",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "one of the arguments %s is required": "以下参数须写一个：%s",
    "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是 %(matches)s",
    "ignored explicit argument %r": "这个选项后面不能写值：%r",
    "can't open '%(filename)s': %(error)s": "打不开 %(filename)s：%(error)s",
}


def _chinese(message: str) -> str:
    return _WORDS.get(message, message)


def _chinese_number(singular: str, plural: str, number: int) -> str:
    return _WORDS.get(singular, plural if number != 1 else singular)


class ChineseParser(argparse.ArgumentParser):
    """An ArgumentParser that speaks Chinese and, when it refuses, says where the help is. Options are never guessed."""

    def __init__(self, *arguments: object, **options: object) -> None:
        vars(argparse).update(_=_chinese, ngettext=_chinese_number)
        options.setdefault("allow_abbrev", False)
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def format_help(self) -> str:
        """The help text, with headings closed the Chinese way."""
        return super().format_help().replace(":\n", "：\n")

    def error(self, message: str) -> NoReturn:
        """Prints what is wrong and where to read on; exit code 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"错误：{message}\n全部选项见：{self.prog} --help\n")
