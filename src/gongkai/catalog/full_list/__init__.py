"""The full list 主动公开全清单 as a table: read from the .xlsx an office has, compared with what stands, written out.

``reading`` takes a workbook apart (``headings`` finds the columns, ``cells`` what is in them), ``planning`` says what
an import would add, change and remove, ``writing`` makes the workbook, ``standing`` reads how up to date it all is.
"""
