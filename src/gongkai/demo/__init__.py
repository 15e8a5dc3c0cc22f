"""The demo city 澜川市: invented bodies, officers, columns and documents of three years.

``city`` reads who discloses and where; ``script.documents(today)`` says what was written and how far it has
travelled by ``today``. Both are pure: a builder fires the real procedures with what they return. All is fiction.
"""
