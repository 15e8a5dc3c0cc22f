"""What the public sees of oversight: the checker for anybody's annual report."""
