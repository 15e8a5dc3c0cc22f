"""What can be found: one module per findable kind, each registering how its subjects become items of the index."""
