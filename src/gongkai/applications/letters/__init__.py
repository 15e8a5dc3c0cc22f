"""文书: the official letters of an application, from the receipt to the reply and the proof of delivery.

Regulation articles 27 to 45. ``catalogue`` names every letter and what it must say, ``facts`` are what it is about,
``composing.compose`` joins both in the wording of the agency, ``printing.pdf`` and ``word.docx`` bring it to paper.
Nothing here reads the database: the wording, red head and seal of an agency are given (``letter_settings``).
"""
