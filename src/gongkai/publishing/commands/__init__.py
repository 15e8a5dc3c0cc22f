"""Subcommands of ``gongkai`` about publishing; ``config.command`` says what such a module offers."""
