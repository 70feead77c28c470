from django.conf import settings
from django.db import models

from atoms.models import Atom
from registry.models import Project


class Workflow(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)
    name = models.CharField(max_length=150)
    slug = models.SlugField(max_length=150)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    dag_spec = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        unique_together = [("project", "slug")]


class WorkflowAtom(models.Model):
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE)
    atom = models.ForeignKey(Atom, on_delete=models.PROTECT)
    order = models.PositiveIntegerField()
    config = models.JSONField(null=True, blank=True)

    class Meta:
        unique_together = [("workflow", "order")]


class WorkflowRun(models.Model):
    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE)
    initiated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    status = models.CharField(max_length=20, default="pending")
    run_context = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
