"""`python -m simulators.messages`: all three, showing what they take."""

import json
import sys
import time

from simulators.messages.sms import SimulatedSms
from simulators.messages.smtp import SimulatedMail
from simulators.messages.whatsapp import SimulatedWhatsApp


def main() -> None:
    """Listen until interrupted."""
    whatsapp, sms, mail = SimulatedWhatsApp(8101), SimulatedSms(8102), SimulatedMail(8103)
    with whatsapp.running(), sms.running(), mail.running():
        told = json.dumps({"whatsapp": whatsapp.settings, "sms": sms.settings})
        sys.stdout.write(f"PENDOPO_CHANNELS={told}\nPENDOPO_MAIL={mail.address}\n")
        while True:
            for name, provider in (("whatsapp", whatsapp), ("sms", sms), ("mail", mail)):
                while provider.taken:
                    one = provider.taken.pop(0)
                    sys.stdout.write(f"{name} {one.to} {one.subject} {one.text}\n")
            sys.stdout.flush()
            time.sleep(0.2)


if __name__ == "__main__":
    main()
