from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from pendopo.kernel.http import audience


@audience("public")
def alive(request: HttpRequest) -> JsonResponse:
    """Say that this process answers; asks nothing of anybody else."""
    return JsonResponse({"status": "alive"})


@audience("public")
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether the database answers and has the schema that this code expects."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError:
        connection.close()
        return JsonResponse({"status": "no database"}, status=503)
    if missing:
        return JsonResponse({"status": "migrations missing", "count": len(missing)}, status=503)
    return JsonResponse({"status": "ready"})
