from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Value

from large.crm.models import Company
from large.next_migration import NEXT


class Warehouse(models.Model):
    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    location = models.JSONField(null=True, blank=True)


class Product(models.Model):
    sku = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    supplier = models.ForeignKey(Company, on_delete=models.SET_NULL, null=True, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    weight_grams = models.PositiveIntegerField(default=0)
    is_stocked = models.BooleanField(default=True)
    substitutes = models.ManyToManyField("self", blank=True)

    class Meta:
        indexes = [
            GinIndex(fields=["attributes"], opclasses=["jsonb_path_ops"], name="inventory_product_attr_gin"),
            models.Index(fields=["name"], condition=models.Q(is_stocked=True), name="inventory_product_stocked"),
        ]


class StockLevel(models.Model):
    product = models.ForeignKey(Product, on_delete=models.CASCADE)
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE)
    quantity = models.IntegerField(default=0)
    reorder_at = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["product", "warehouse"],
                include=["quantity"],
                name="inventory_stocklevel_place_uniq" if NEXT else "inventory_stocklevel_uniq",
            ),
        ]


class StockMovement(models.Model):
    """Partitioned by year; its numbers come from a sequence that no column owns."""

    pk = models.CompositePrimaryKey("moved_on", "number")
    number = models.BigIntegerField(
        db_default=Func(Value("inventory_movement_number"), function="nextval", output_field=models.BigIntegerField())
    )
    moved_on = models.DateField()
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.IntegerField()
    note = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["product", "-moved_on"], name="inventory_movement_latest")]
