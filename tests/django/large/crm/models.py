from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from large.fields import SchemaTypeField
from large.next_migration import NEXT


class Company(models.Model):
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="subsidiaries")
    # A company has contacts and one of them is the first to call: the two tables point at each other.
    first_contact = models.ForeignKey("Contact", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    vat_number = models.CharField(max_length=30, null=True, blank=True, unique=True)
    segment = models.CharField(max_length=30, blank=True, db_index=True)
    employees = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "companies"
        constraints = [
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="crm_company_not_its_own_parent")
        ]


class Tag(models.Model):
    name = models.SlugField(max_length=50, unique=True)
    colour = models.CharField(max_length=7, default="#888888", db_default="#888888")


class ContactFields(models.Model):
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100, db_collation="C")
    email = SchemaTypeField("crm_email")
    job_title = models.CharField(max_length=100, blank=True)
    extra = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class Contact(ContactFields):
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="contacts")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True)
    tags = models.ManyToManyField(Tag, blank=True)
    is_archived = models.BooleanField(default=False)
    updated_at = models.DateTimeField(auto_now=True)
    if NEXT:
        loyalty = models.CharField(max_length=10, default="none", db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["company"], condition=models.Q(is_archived=False), name="crm_contact_current"),
            models.Index(Lower("last_name"), Lower("first_name").desc(), name="crm_contact_names"),
        ]
        constraints = [models.UniqueConstraint(Lower("email"), "company", name="crm_contact_email_once")]


class HistoricalContact(ContactFields):
    """As history packages keep it: a row of what was, who changed it, and when."""

    contact_id = models.BigIntegerField(db_index=True)
    history_id = models.AutoField(primary_key=True)
    history_date = models.DateTimeField(db_index=True)
    history_type = models.CharField(max_length=1, choices=[("+", "made"), ("~", "changed"), ("-", "deleted")])
    history_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-history_date", "-history_id"]
        get_latest_by = ["history_date", "history_id"]


class Deal(models.Model):
    company = models.ForeignKey(Company, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, blank=True)
    title = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    probability = models.DecimalField(max_digits=3, decimal_places=2, default=0)
    weighted = models.GeneratedField(
        expression=models.F("amount") * models.F("probability"),
        output_field=models.DecimalField(max_digits=17, decimal_places=4),
        db_persist=True,
    )
    closes_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "title"],
                name="crm_deal_title_once_per_company" if NEXT else "crm_deal_company_title_uniq",
            ),
            models.CheckConstraint(
                condition=models.Q(probability__gte=0, probability__lte=1), name="crm_deal_probability_range"
            ),
        ]


class Activity(models.Model):
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    kind = models.CharField(max_length=20, default="note")
    body = models.TextField(blank=True)
    happened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["deal", "-happened_at"], include=["kind"], name="crm_activity_latest")]


if NEXT:

    class Consent(models.Model):
        contact = models.ForeignKey(Contact, on_delete=models.CASCADE)
        purpose = models.CharField(max_length=50)
        given_at = models.DateTimeField(auto_now_add=True)

        class Meta:
            constraints = [models.UniqueConstraint(fields=["contact", "purpose"], name="crm_consent_once")]
