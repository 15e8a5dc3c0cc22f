"""Staff pages of the catalogue: columns and topics, the full list 全清单 and its import, projects 重点进展."""
