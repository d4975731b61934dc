import sys
from datetime import timedelta
from typing import Annotated

import typer

from pendopo.config.cli._inside import MallName, account_of, standing_in

Email = Annotated[str, typer.Argument(help="The e-mail address by which the account signs in.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="API tokens: let a program act for an account in one mall.", no_args_is_help=True)
    app.add_typer(group, name="token")

    @group.command()
    def create(
        email: Email,
        mall: MallName,
        days: Annotated[int, typer.Option(min=1, max=3650, help="How long it is good for.")] = 365,
    ) -> None:
        """Make a token and print it alone. It is kept nowhere."""
        with standing_in(mall) as here:
            from django.utils import timezone

            from pendopo.agencies.actions.memberships import create_token

            token = create_token(account_of(email), here, at=timezone.now(), life=timedelta(days=days))
        print(token)

    @group.command()
    def revoke(email: Email, mall: MallName) -> None:
        """End all tokens of an account in a mall."""
        with standing_in(mall) as here:
            from django.utils import timezone

            from pendopo.agencies.actions.memberships import revoke_token
            from pendopo.agencies.models import ApiToken

            tokens = list(ApiToken.objects.filter(mall=here, account=account_of(email), revoked_at=None))
            for token in tokens:
                revoke_token(token, at=timezone.now())
        print(f"{len(tokens)} token dicabut / revoked.", file=sys.stderr)
