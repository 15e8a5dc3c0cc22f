"""Who discloses: bodies of a city and their succession, departments, officers and roles, contacts, sites and hosts.

Regulation articles 4 (公开工作机构), 10 (谁制作谁公开; abolished bodies), 12 (contents of the guide).
Enter at ``bodies.Agency``; write through ``actions``; a request's agency comes from ``sites.SiteMiddleware``.
"""
