"""The public sites as a tree of plain files: mirror, offline archive, disaster page, hand-over to archives.

Article 25 has agencies provide information at 国家档案馆 and 公共图书馆. ``run.export`` is the door;
``crawling`` follows links, ``leading`` says where each leads in the tree, ``tree`` puts files into place so that a kill
loses nothing.
"""
