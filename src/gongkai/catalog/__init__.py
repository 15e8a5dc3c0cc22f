"""What is disclosed: document types, documents and their editions, attachments, links, columns 栏目, numbering 索引号.

Regulation articles 12 (catalogue: 索引、名称、内容概述、生成日期), 19-21 (what), 23-24 (where), 26 (when).
Enter at ``documents.Document`` (an identity) and ``editions.Edition`` (what was said); ``doctypes`` for declared types.
"""
