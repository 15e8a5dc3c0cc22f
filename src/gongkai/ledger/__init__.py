"""The ledger 台账: everything that happened, append-only, written in the transaction of the change.

Enter at ``recording.record`` (write), ``timeline.of`` (read), ``followers`` (everything downstream).
An entry names its subject by kind and id and carries the labels of that day, so nothing above is imported here.
The duty to keep such records: Regulation articles 45 (登记、审核、办理、答复、归档) and 46-47 (supervision).
"""
