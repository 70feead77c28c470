from django.db import connection
from django.http import JsonResponse
from django.urls import path

from large.crm.models import Contact


def whoami(request):
    """Says where the request landed, and what it sees there."""
    return JsonResponse({"schema": connection.schema_name, "contacts": Contact.objects.count()})


urlpatterns = [path("", whoami)]
