"""From a draft to the public: checks, graded review (先审后发), release and outlets.

Regulation articles 6, 17, 19 and 26. Enter at ``gongkai.publishing.checks`` for what is looked at before a release.
"""
