from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import models

from large.customers.models import Client


class Setting(models.Model):
    """Some are written by a migration, alike in every tenant; others are a tenant's own."""

    key = models.CharField(max_length=100, unique=True)
    value = models.JSONField()


class Role(models.Model):
    name = models.CharField(max_length=50, unique=True)
    description = models.TextField(blank=True, db_comment="Shown to those who give the role.")
    permissions = models.ManyToManyField(Permission, blank=True)


class Member(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    role = models.ForeignKey(Role, on_delete=models.PROTECT)
    invited_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)


class Profile(models.Model):
    """A tenant's own page: points back at the tenant's row in `public`."""

    client = models.OneToOneField(Client, on_delete=models.PROTECT)
    tagline = models.CharField(max_length=200, blank=True)
    opening_hours = models.JSONField(default=dict, blank=True)
