"""The only writers of this package besides the procedures: ``settings`` (chains, words, outlets), ``dead_letters``.

What moves an edition or a document is an event of ``procedures`` and fired through ``gongkai.procedures.engine.fire``.
"""
