"""Set-up for tests through the real actions: nothing here writes a row that the product could not have written."""
