from django.db import models
from django_tenants.models import DomainMixin, TenantMixin


class Client(TenantMixin):
    class Plan(models.TextChoices):
        FREE = "free"
        TEAM = "team"
        ENTERPRISE = "enterprise"

    name = models.CharField(max_length=100)
    paid_until = models.DateField()
    on_trial = models.BooleanField()
    created_on = models.DateField(auto_now_add=True)
    plan = models.CharField(max_length=20, choices=Plan, default=Plan.FREE)
    seats = models.PositiveIntegerField(default=1)
    contact_email = models.EmailField()
    settings = models.JSONField(default=dict)
    notes = models.TextField(blank=True)
    external_id = models.UUIDField(unique=True, null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(plan__in=["free", "team", "enterprise"]), name="customers_client_plan_known"
            )
        ]


class Domain(DomainMixin):
    pass
