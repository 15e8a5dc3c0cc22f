"""A former ledger 既有台账 (.xlsx) moves in: read, looked at, carried out case by case, never twice.

Enter at ``reading.read`` (workbook to cases), ``planning.plan`` (what would be made), ``actions.taking_over`` (doing).
Columns and words are declared in ``columns.toml`` and ``words.toml``.
"""
