from django.db import models


class AtomCategory(models.Model):
    name = models.CharField(max_length=100, unique=True)
    description = models.TextField(blank=True)


class Atom(models.Model):
    name = models.CharField(max_length=150, unique=True)
    slug = models.SlugField(max_length=150, unique=True)
    category = models.ForeignKey(AtomCategory, on_delete=models.PROTECT)
    description = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)


class AtomVersion(models.Model):
    atom = models.ForeignKey(Atom, on_delete=models.CASCADE)
    version = models.CharField(max_length=50)
    release_date = models.DateField()
    release_notes = models.TextField(blank=True)
    config_schema = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        unique_together = [("atom", "version")]
