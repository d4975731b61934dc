"""`python -m simulators.snap KEY.pem [port]`: a gateway for a product whose public key is in the file."""

import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from simulators.snap.server import SimulatedGateway


def main() -> None:
    """Listen until interrupted, and write down what is heard."""
    key = load_pem_public_key(Path(sys.argv[1]).read_bytes())
    assert isinstance(key, RSAPublicKey)
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 9200
    gateway = SimulatedGateway("contoh", "rahasia-contoh", key, port=port)
    with gateway.running():
        sys.stdout.write(f"{gateway.address}\n{gateway.public_key}")
        while True:
            while gateway.heard:
                sys.stdout.write(f"{gateway.heard.pop(0)}\n")
            sys.stdout.flush()
            time.sleep(0.2)


if __name__ == "__main__":
    main()
