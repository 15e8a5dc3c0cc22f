"""Redaction 区分处理 as a disclosure office does it: Office files are printed to PDF first, then boxes are drawn.

The making of the new file is pure and lies in ``gongkai.texts.redaction``.
"""
