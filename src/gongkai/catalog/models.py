"""Django looks for models here; they live with their subject."""

from gongkai.catalog.addresses import OldAddress
from gongkai.catalog.columns import Column, ColumnPick
from gongkai.catalog.documents import Document, Topic
from gongkai.catalog.editions import Edition
from gongkai.catalog.files import EditionFile, StoredFile
from gongkai.catalog.links import Link
from gongkai.catalog.matters import Matter, MatterImport
from gongkai.catalog.numbering import IndexCounter
from gongkai.catalog.projects import Milestone, Project, ProjectUpdate

__all__ = [
    "Column",
    "ColumnPick",
    "Document",
    "Edition",
    "EditionFile",
    "IndexCounter",
    "Link",
    "Matter",
    "MatterImport",
    "Milestone",
    "OldAddress",
    "Project",
    "ProjectUpdate",
    "StoredFile",
    "Topic",
]
