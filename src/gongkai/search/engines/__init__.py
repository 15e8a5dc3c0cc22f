"""What keeps and finds the items: one narrow interface, and the engine that comes with the software (tantivy).

An OpenSearch cluster takes its place by one more module that offers ``contract.Engine``.
"""
