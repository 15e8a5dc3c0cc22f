"""The demo's own command."""
