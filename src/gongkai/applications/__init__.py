"""依申请公开: applications for information, from receipt to archive.

Regulation articles 27 to 45 and 51. The days are counted by ``gongkai.law.clock``; what may be done next stands in
``procedures``; every screen and letter reads the same facts.
"""
