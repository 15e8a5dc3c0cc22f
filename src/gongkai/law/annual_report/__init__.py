"""The annual report 政府信息公开工作年度报告 (条例第四十九条、第五十条): its formats, its figures, what must add up.

``formats`` declares the two formats as data, ``figures`` holds what a report says cell by cell, ``arithmetic`` and
``years`` check the tables, ``wording`` the text. Everything is pure: a report comes in, findings go out.
"""
