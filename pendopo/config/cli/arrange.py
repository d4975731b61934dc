import typer

from pendopo.config.cli._inside import MallName, standing_in


def register(app: typer.Typer) -> None:
    @app.command()
    def arrange(mall: MallName) -> None:
        """Give imported services an outlet and a queue, counters their queue, and publish; repeat it after imports."""
        with standing_in(mall) as here:
            from django.utils import timezone

            from pendopo.config.arranging import arrange as arrange_hall

            done = arrange_hall(here, at=timezone.now())
        print(
            f"{done.offered} layanan ditempatkan / services placed · {done.queues} antrean dibuka / queues opened"
            f" · {done.counters} loket diatur / counters assigned · {done.published} terbit / published"
        )
        for name in done.homeless:
            print(f"  ! {name}: belum ada loketnya, juga tidak loket bersama / no counter, nor a common one")
