"""Open interfaces 开放接口: what every router of ``/api/v1/`` shares, and nothing of any domain.

A package offers its part by having a module ``api`` with a ninja ``router``; ``config.api`` finds it. ``surface`` is
the API object and its schema, ``door`` what every request passes (CORS, limits, ETag), ``problems`` the one shape of
errors (RFC 9457), ``paging`` the cursors, ``limits`` the rates, ``values`` the kinds of parameters.

What forms of the public share: ``uploads``, ``captcha``, ``once`` (a form sent twice counts once), ``downloads``.
"""
