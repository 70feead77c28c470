from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Tenant(TenantMixin):
    name = models.CharField(max_length=255, unique=True)
    created_on = models.DateField(auto_now_add=True)
    # A copy for display: requests are routed by Domain rows alone.
    primary_domain = models.CharField(max_length=253, blank=True)
    allowed_apps = models.JSONField(default=list, blank=True)
    seats_allowed = models.PositiveIntegerField(default=0)
    users_in_use = models.PositiveIntegerField(default=0)
    project_cap = models.PositiveIntegerField(default=0)
    projects_allowed = models.JSONField(default=list, blank=True)
    admin_name = models.CharField(max_length=255, blank=True)
    admin_email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)


class Domain(DomainMixin):
    pass
