from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models

from large.crm.models import Contact


class Queue(models.Model):
    name = models.CharField(max_length=100, unique=True)
    team = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True)
    rules = models.JSONField(default=list, blank=True)


class Agreement(models.Model):
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE)
    priority = models.PositiveSmallIntegerField()
    answer_within = models.DurationField()

    class Meta:
        unique_together = [("queue", "priority")]


class Ticket(models.Model):
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True)
    subject = models.CharField(max_length=200)
    priority = models.PositiveSmallIntegerField(default=3)
    channel = models.CharField(max_length=20, default="mail")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    duplicate_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["queue", "priority"], condition=models.Q(closed_at=None), name="helpdesk_ticket_open")
        ]


class Reply(models.Model):
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    body = models.TextField()
    is_internal = models.BooleanField(default=False)
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "replies"


class Article(models.Model):
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    tickets = models.ManyToManyField(Ticket, blank=True)
    translations = models.JSONField(default=dict, blank=True)
