"""The gateway of a merchant, as actions speak to it: keys opened, each call kept. Never called inside a transaction
that holds rows: an answer may take seconds.
"""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pendopo.payments.gateways import Gateway
from pendopo.payments.gateways.snap import Called, Credentials, SnapGateway
from pendopo.payments.models import PRIVATE_KEY, SECRET, Charge, GatewayCall, Merchant
from pendopo.tenancy import wall
from pendopo.tenancy.sealing import Sealer


def credentials(merchant: Merchant) -> Credentials:
    """Open a merchant's keys. Stand inside the mall."""
    mall = merchant.mall_id
    key = load_pem_private_key(Sealer(mall, PRIVATE_KEY).unseal(bytes(merchant.private_key)), password=None)
    assert isinstance(key, RSAPrivateKey)
    return Credentials(
        address=merchant.address, client=merchant.client, merchant=merchant.merchant_number,
        terminal=merchant.terminal, channel=merchant.channel,
        secret=Sealer(mall, SECRET).unseal(bytes(merchant.secret)).decode(), key=key,
    )  # fmt: skip


def gateway(merchant: Merchant, charge: Charge) -> Gateway:
    """Return the gateway of a merchant, for one charge. Stand inside the mall."""
    return SnapGateway(credentials(merchant), log=_kept(merchant, charge))


def _kept(merchant: Merchant, charge: Charge) -> Callable[[Called], None]:
    def keep(called: Called) -> None:
        with wall.inside(merchant.mall_id):
            GatewayCall.objects.create(
                mall_id=merchant.mall_id, merchant=merchant, charge=charge, service=called.service, at=called.at,
                milliseconds=called.milliseconds, status=called.status, code=called.code,
            )  # fmt: skip

    return keep
