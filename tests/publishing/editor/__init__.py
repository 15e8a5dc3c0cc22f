"""The drafting desk, over HTTP and in a browser."""
