from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class Entry(models.Model):
    """What happened: in `public` to the platform, in a tenant's schema to that tenant."""

    happened_at = models.DateTimeField(auto_now_add=True)
    action = models.CharField(max_length=50)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        indexes = [BrinIndex(fields=["happened_at"], name="audit_entry_happened_brin")]
