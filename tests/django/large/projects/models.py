from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models

from large.crm.models import Company
from large.next_migration import NEXT


class Project(models.Model):
    name = models.CharField(max_length=150)
    code = models.SlugField(max_length=20, unique=True)
    company = models.ForeignKey(Company, on_delete=models.SET_NULL, null=True, blank=True)
    leads = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The two tables point at each other.
    next_task = models.ForeignKey("Task", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="+")
    options = models.JSONField(default=dict, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="projects_project_ends_after_start",
            )
        ]


class Membership(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True)
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, default=0)

    class Meta:
        if NEXT:
            constraints = [
                models.UniqueConstraint(
                    fields=["project", "user", "group"], nulls_distinct=False, name="projects_membership_once"
                )
            ]
        else:
            unique_together = [("project", "user")]


class Task(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20, default="open", db_index=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    estimate = models.DurationField(null=True, blank=True)
    depends_on = models.ManyToManyField("self", symmetrical=False, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "state"], name="projects_task_board")]


class TaskHistory(models.Model):
    """Written by a trigger alone."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE)
    was = models.CharField(max_length=20)
    became = models.CharField(max_length=20)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "task history"


class TimeEntry(models.Model):
    task = models.ForeignKey(Task, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    minutes = models.PositiveIntegerField()
    worked_on = models.DateField()
    billable = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "time entries"
        indexes = [
            models.Index(fields=["worked_on"], condition=models.Q(billable=True), name="projects_timeentry_billable")
        ]


class Progress(models.Model):
    """A materialised view."""

    project = models.OneToOneField(Project, on_delete=models.DO_NOTHING, primary_key=True)
    tasks = models.BigIntegerField()
    closed = models.BigIntegerField()

    class Meta:
        managed = False
        db_table = "projects_progress"
