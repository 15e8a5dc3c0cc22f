"""Staff pages of the search: looking things up, what the public searched, and how its search is steered."""
