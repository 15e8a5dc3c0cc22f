"""Import 存量迁入: folders, archives and lists of a former site become documents, nothing lost, nothing twice.

Regulation articles 19-24 (what was disclosed stays disclosed); 国办发〔2017〕47号 (page labels, old addresses).
``sources`` finds the things, ``manifest`` reads lists, ``reading`` reads one text, ``promulgation`` and ``mapping``
find its header values and say from where, ``companions`` takes pictures and attachments along, ``taking`` writes one
document, ``run`` goes through them all so that it can be interrupted, ``report`` tells. Enter at ``run.carry_out``.
"""
