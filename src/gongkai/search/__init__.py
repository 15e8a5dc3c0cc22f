"""Search 一网通查: everything the public may read, found by the words as they stand (Regulation art. 24).

Text is kept as overlapping pairs of characters and asked for as exact phrases, so that what is found is what a reader
would find with the eye. The index is a projection of the ledger: written by the worker, rebuilt by ``gongkai search``.
"""
