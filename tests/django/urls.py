from django.db import connection
from django.http import JsonResponse
from django.urls import path

from atoms.models import Atom


def whoami(request):
    """Says where the request landed, and what it sees there."""
    return JsonResponse({"schema": connection.schema_name, "atoms": Atom.objects.count()})


urlpatterns = [path("", whoami)]
