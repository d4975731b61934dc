"""A mail server that takes what it is given (RFC 5321), and refuses as it is told to."""

import asyncio
import email
import email.policy
import re
from dataclasses import dataclass, field

from simulators.messages.faults import Faults, Taken
from simulators.messages.serving import HOST, Provider

ADDRESS = re.compile(rb"<([^>]*)>")


@dataclass
class SimulatedMail(Provider):
    """One mail server without a password."""

    faults: Faults = field(default_factory=Faults)
    taken: list[Taken] = field(default_factory=list)

    @property
    def address(self) -> str:
        """What the product is told of it."""
        return f"smtp://{HOST}:{self.port}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take mails of one connection."""
        if self.faults.delay:
            await asyncio.sleep(self.faults.delay)
        if self.faults.down == "silent":
            return
        writer.write(b"421 closed\r\n" if self.faults.down else b"220 mail.contoh.test\r\n")
        to = ""
        while line := await reader.readline():
            word, reply = line[:4].upper().strip(), b"250 ok"
            if word == b"QUIT":
                writer.write(b"221 bye\r\n")
                return
            if word == b"RCPT":
                to, reply = self._recipient(line)
            elif word == b"DATA":
                writer.write(b"354 go on\r\n")
                self._keep(to, await reader.readuntil(b"\r\n.\r\n"))
                if self.faults.is_broken():
                    return
            writer.write(reply + b"\r\n")
            await writer.drain()

    def _recipient(self, line: bytes) -> tuple[str, bytes]:
        found = ADDRESS.search(line)
        to = found[1].decode() if found else ""
        if self.faults.is_busy():
            return to, b"451 come later"
        return to, b"550 no such mailbox" if to in self.faults.refused else b"250 ok"

    def _keep(self, to: str, data: bytes) -> None:
        mail = email.message_from_bytes(data.removesuffix(b"\r\n.\r\n") + b"\r\n", policy=email.policy.default)
        body = mail.get_body()
        text = body.get_content() if body else ""
        text, subject = text.replace("\r\n", "\n").strip(), str(mail["Subject"])
        number, language = str(mail["Message-ID"]).strip(), str(mail["Content-Language"] or "")
        self.taken.append(Taken(to, text, number, language=language, subject=subject))
