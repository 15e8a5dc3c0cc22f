"""The annual report 政府信息公开工作年度报告 (条例第四十九条、第五十条): its formats, its figures, what must add up.

``formats`` declares the two formats as data, ``figures`` holds what a report says cell by cell, ``arithmetic`` and
``cells`` and ``years`` check the tables, ``wording`` and ``statements`` the text; ``checking.check`` does all of it.
Everything is pure: a report comes in, findings go out.
"""
