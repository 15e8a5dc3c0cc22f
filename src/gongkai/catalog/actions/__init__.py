"""The only writers of this package: ``documents`` (identity, drafts), ``content`` (files, links), ``columns``.

They change what a document says while it may be changed; whether and when it is said in public is ``publishing``'s.
"""
