"""Columns of types that a tenant's own schema defines."""

from django.db import models


class SchemaTypeField(models.TextField):
    """A text to Python; in the database, an enum or domain type that a migration creates."""

    def __init__(self, type_name, **options):
        self.type_name = type_name
        super().__init__(**options)

    def deconstruct(self):
        name, path, arguments, options = super().deconstruct()
        return name, path, [self.type_name, *arguments], options

    def db_type(self, connection):
        return self.type_name
