"""Subcommands that concern the installation as a whole: serve, migrate, check, version."""
