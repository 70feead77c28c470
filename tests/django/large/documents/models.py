from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Folder(models.Model):
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True)
    name = models.CharField(max_length=150)
    groups = models.ManyToManyField(Group, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="documents_folder_name_uniq"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent__isnull=True), name="documents_folder_root_name_uniq"
            ),
        ]


class Document(models.Model):
    """Row level security decides who sees which."""

    folder = models.ForeignKey(Folder, on_delete=models.PROTECT)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    is_confidential = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    properties = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)


class Revision(models.Model):
    document = models.ForeignKey(Document, on_delete=models.CASCADE)
    number = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    digest = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="documents_revision_number_uniq")
        ]


class Attachment(models.Model):
    """Belongs to a row of any model, which `public` describes."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("content_type", "object_id")
    key = models.UUIDField(unique=True)
    size = models.BigIntegerField(default=0)
    media_type = models.CharField(max_length=100, default="application/octet-stream")

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="documents_attachment_target")]
