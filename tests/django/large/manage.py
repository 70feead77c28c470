#!/usr/bin/env python3
"""Run from tests/django: `python -m large.manage migrate_schemas`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "large.settings")
    execute_from_command_line(sys.argv)
