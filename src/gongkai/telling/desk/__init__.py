"""Pages: one's own messages, what the agency sent, how it tells."""
