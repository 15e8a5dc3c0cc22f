"""What the templates of this package need beyond Django."""
