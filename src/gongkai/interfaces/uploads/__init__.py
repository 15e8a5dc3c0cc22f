"""Uploads of the public: taken in pieces that survive a lost connection, checked before anybody may use them.

``purposes`` says what may be uploaded for what; ``receiving`` takes bytes in, ``checking`` judges them, ``claiming``
is how a package makes a file its own; ``tus`` speaks the resumable protocol, ``fields`` is the form field that also
works without a script. Bytes lie encrypted in ``uploads/`` of the data directory until they are claimed or expire
(``clearing``).
"""
