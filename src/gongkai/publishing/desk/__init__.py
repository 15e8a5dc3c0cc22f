"""The publishing desk 信息发布工作台: what waits for me, the review screen, documents, deliveries, settings.

Acts are fired through the procedure engine only; buttons come from ``permitted``, fields from what events ask.
Enter at ``publishing.desk_urls``; everything an officer may see is read through ``access_*``.
"""
