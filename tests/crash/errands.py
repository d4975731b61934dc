"""Make people with errands in an installation, and print what they need: run beside `pendopo up`."""

import json
import sys

import django

PAPERS = 8


def main() -> None:
    """Make a mall with a citizen who has files and a signer with papers that wait, each signed in."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from pendopo.agencies.queries.actors import actor_of_account
    from pendopo.agencies.tests import make as make_agencies
    from pendopo.agencies.types import Role
    from pendopo.documents.actions import enrolling
    from pendopo.documents.signers.secret import Secret
    from pendopo.documents.tests import make
    from pendopo.people.models import Account
    from pendopo.tenancy import wall

    def signed_in(account: Account) -> str:
        client = Client()
        client.force_login(account)
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    mall, citizen = make_agencies.mall(), make_agencies.account("Warga Contoh")
    signer = make_agencies.staff(mall, Role.SIGNER)
    assert signer.account
    with wall.inside(mall.pk):
        by = actor_of_account(mall, signer.account)
        enrolling.make_certificate(mall, passphrase=Secret(make.PASSPHRASE), by=by, at=make.AT)
        papers = [make.waiting(mall, signer=signer.account, number=number).pk for number in range(2 * PAPERS)]
    told = {
        "mall": mall.slug,
        "mall_id": mall.pk,
        "citizen": signed_in(citizen),
        "signer": signed_in(signer.account),
        "papers": papers,
        "passphrase": make.PASSPHRASE,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
