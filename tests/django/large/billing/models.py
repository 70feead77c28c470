from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, IntegerRangeField, RangeOperators
from django.db import models

from large.crm.models import Company
from large.fields import SchemaTypeField
from large.next_migration import NEXT


class TaxRate(models.Model):
    name = models.CharField(max_length=50)
    country = models.CharField(max_length=2)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    category = models.CharField(max_length=20, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "category"], nulls_distinct=False, name="billing_taxrate_one_per_category"
            )
        ]


class Discount(models.Model):
    """Steps of a volume discount: no two of them may overlap."""

    quantities = IntegerRangeField()
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    codes = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="billing_discount_no_overlap", expressions=[("quantities", RangeOperators.OVERLAPS)]
            )
        ]


class Invoice(models.Model):
    company = models.ForeignKey(Company, on_delete=models.PROTECT)
    number = models.CharField(max_length=30)
    series = models.CharField(max_length=10, default="A")
    status = SchemaTypeField("billing_invoice_status", default="draft")
    issued_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    address = models.JSONField(default=dict, blank=True)

    class Meta:
        db_table_comment = "What a company is asked to pay; the lines say for what."
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="billing_invoice_series_number_uniq"),
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(due_on__gte=models.F("issued_on")),
                name="billing_invoice_due_after_issue",
            ),
        ]


class InvoiceLine(models.Model):
    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    tax_rate = models.ForeignKey(TaxRate, on_delete=models.PROTECT, null=True, blank=True)
    text = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField(default=1)
    unit_price = models.DecimalField(max_digits=12, decimal_places=2, db_comment="Before tax.")
    position = models.PositiveSmallIntegerField(default=0)
    total = models.GeneratedField(
        expression=models.F("quantity") * models.F("unit_price"),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="billing_invoiceline_position_uniq",
            )
        ]


class Payment(models.Model):
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reference = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField(auto_now_add=True)
    raw = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_payment_amount_positive")
        ]


class Balance(models.Model):
    """A view: what each company was asked for, and what it paid."""

    company = models.OneToOneField(Company, on_delete=models.DO_NOTHING, primary_key=True)
    invoiced = models.DecimalField(max_digits=14, decimal_places=2)
    paid = models.DecimalField(max_digits=14, decimal_places=2)
    if NEXT:
        outstanding = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        managed = False
        db_table = "billing_balance"
