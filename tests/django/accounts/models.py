from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    mfa_enabled = models.BooleanField(default=False)
    preferences = models.JSONField(null=True, blank=True)
