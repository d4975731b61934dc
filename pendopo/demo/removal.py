"""Taking the demo mall away, rows and files: as the role owner, for the app may not remove what was witnessed."""

import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from pendopo.demo.actions import demo_only
from pendopo.tenancy.models import Mall

OWNER = "owner"


def remove(slug: str) -> bool:
    """Remove a demo mall; say whether there was one. Its accounts stay: they are the installation's, not the mall's.

    Raises NotADemoMall for a real one.
    """
    mall = Mall.objects.using(OWNER).filter(slug=slug).first()
    if mall is None:
        return False
    demo_only(mall)
    with transaction.atomic(using=OWNER):
        for model in _rows_first():
            model._base_manager.using(OWNER).filter(mall=mall)._raw_delete(OWNER)
        Mall.objects.using(OWNER).filter(pk=mall.pk)._raw_delete(OWNER)
    # Whatever is kept of a mall lies in a folder of its own, below one for each kind of file.
    for folder in Path(settings.MEDIA_ROOT).glob(f"*/{mall.pk}"):
        shutil.rmtree(folder)
    return True


def _rows_first() -> list[type[models.Model]]:
    """Return every model that has a mall, those that point before those that are pointed to."""
    found = [model for model in apps.get_models() if any(field.name == "mall" for field in model._meta.fields)]
    return sorted(found, key=_depth, reverse=True)


def _depth(model: type[models.Model]) -> int:
    targets = {field.related_model for field in model._meta.fields if isinstance(field, models.ForeignKey)}
    return max((_depth(target) + 1 for target in targets if target is not model), default=0)
