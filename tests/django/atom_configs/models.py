from django.conf import settings
from django.db import models

from atoms.models import Atom
from registry.models import Project


class AtomConfig(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)
    atom = models.ForeignKey(Atom, on_delete=models.CASCADE)
    # None: the project's own setting, for all of its users.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True)
    config = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        unique_together = [("project", "atom", "user")]
