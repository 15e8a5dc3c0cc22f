"""A captcha 验证 without outside services, pictures or cookies: the browser does a little work, or a person answers a
question in words.

``challenge`` makes and checks challenges (pure), ``spending`` sees that each serves once, ``fields`` is the form
field. It keeps blunt programs away. It does not stop somebody who writes a program against this very site: that is
what limits per address are for, and an application must never be harder for a person than by post.
"""
