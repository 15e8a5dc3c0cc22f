"""Settings, addresses, WSGI entry and the ``gongkai`` command: where the packages are put together."""
