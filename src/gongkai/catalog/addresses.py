"""Old addresses: where a document or a column could be found before, kept as redirects."""

from django.db import models

from gongkai.agencies.bodies import Agency
from gongkai.catalog.documents import Document


class OldAddress(models.Model):
    """A path (with query) of a former site that now leads to a document."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="old_addresses")
    path = models.CharField(max_length=500)
    document = models.ForeignKey(Document, models.CASCADE, related_name="old_addresses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "path"], name="catalog_old_address")]
