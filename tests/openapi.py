"""Renew the snapshot of the OpenAPI document: `python -m tests.openapi`."""

import json
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendopo.config.settings")
django.setup()

from pendopo.config.api import api  # noqa: E402 - Django must be ready

SNAPSHOT = Path(__file__).with_name("openapi.json")

if __name__ == "__main__":
    SNAPSHOT.write_text(json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False) + "\n")
