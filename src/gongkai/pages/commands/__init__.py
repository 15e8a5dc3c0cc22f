"""Subcommands of ``gongkai``."""
