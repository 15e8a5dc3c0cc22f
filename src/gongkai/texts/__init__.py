"""Texts 文本: reading, cleaning, legal structure and comparison. Pure: bytes and strings in, values out.

Files come in through ``filetypes.sniff`` and one reader each (``word``, ``pdf``, ``ofd``, ``spreadsheets``,
``markup``); what readers share is in ``reading``, safe unpacking in ``archives``. Every body passes ``richtext.clean``
before it is stored. ``provisions`` finds 编章节条款项, ``docnumbers`` and ``dates`` read 发文字号 and 日期, ``diff``
compares two editions; ``credentials`` and ``contacts`` read what applicants tell of themselves, ``masking`` hides it.
No Django, no database, no clock.
"""
