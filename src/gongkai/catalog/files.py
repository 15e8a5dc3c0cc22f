"""Files of a document: attachments for download and images in the text, kept by content, shared between editions."""

from django.db import models
from django.urls import reverse
from django.utils.text import get_valid_filename

from gongkai.catalog.documents import Document, new_code
from gongkai.catalog.editions import Edition
from gongkai.ledger.refs import Ref


class FileRole(models.TextChoices):
    """What a file is to its document."""

    ATTACHMENT = "attachment", "附件"
    IMAGE = "image", "正文图片"
    SOURCE = "source", "来稿原件"  # the Word file a text came from: never offered to the public


class StoredFile(models.Model):
    """One uploaded file: what is offered (``offered``: cleaned of what Word hides) and the sealed original.

    ``sha256`` is of the offered bytes. ``text`` is what could be extracted; not ``readable``: nobody can open it.
    ``hidden`` lists what the original hides (kind, count, excerpt); a person decides with ``keep_original``.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    role = models.CharField(max_length=12, choices=FileRole.choices)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField(max_length=20)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    offered = models.CharField(max_length=200)
    original = models.CharField(max_length=200)
    inline_safe = models.BooleanField(default=False)
    readable = models.BooleanField(default=True)
    has_text = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    alt = models.CharField(max_length=300, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    hidden = models.JSONField(default=list, blank=True)
    keep_original = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name

    def ref(self) -> Ref:
        return Ref("file", str(self.pk), self.name)

    def get_absolute_url(self) -> str:
        return reverse("portal:file", args=[self.code, get_valid_filename(self.name)])


class EditionFile(models.Model):
    """An edition has a file, at a place in its list."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="edition_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="uses")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["edition", "file"], name="catalog_file_once")]
