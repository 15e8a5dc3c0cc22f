"""Outlets of messages: mail, short messages through a provider, and files where nothing is set up."""
