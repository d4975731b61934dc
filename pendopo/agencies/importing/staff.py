"""Lines of a file of staff: nama, surel, peran, instansi (empty: the whole mall), kata_sandi (empty: we make one)."""

import re
from dataclasses import dataclass, field

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from pendopo.agencies.importing.reading import Broken, checked_name
from pendopo.agencies.types import Role
from pendopo.kernel.readable import tidy
from pendopo.kernel.reports import Line, refusal
from pendopo.kernel.tables import Row, Table, read_table

REQUIRED = ("nama", "surel", "peran")
OPTIONAL = ("instansi", "kata_sandi")
# A password is hashed slowly on purpose: more lines would keep the transaction open for minutes.
MOST = 500

ROLES = {
    "petugasloket": Role.OFFICER,
    "petugas": Role.OFFICER,
    "loket": Role.OFFICER,
    "petugasbelakang": Role.BACK_OFFICE,
    "backoffice": Role.BACK_OFFICE,
    "penandatangan": Role.SIGNER,
    "admininstansi": Role.AGENCY_ADMIN,
    "pengelolampp": Role.MANAGER,
    "pengelola": Role.MANAGER,
    "manajer": Role.MANAGER,
    "pimpinan": Role.HEAD,
    "pengawas": Role.INSPECTOR,
    "inspektur": Role.INSPECTOR,
} | {re.sub("_", "", role.value): role for role in Role}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody as a line describes them."""

    line: int
    name: str
    email: str
    role: Role
    agency: str
    password: str = field(repr=False)


def read(content: bytes) -> tuple[Table, list[Wanted], list[Line]]:
    """Read a file; give the table, what can be meant, and the lines that cannot. Raises NotUnderstood."""
    table = read_table(content, required=REQUIRED, optional=OPTIONAL, most=MOST)
    wanted: list[Wanted] = []
    refused: list[Line] = []
    for row in table.rows:
        try:
            wanted.append(_wanted(row))
        except Broken as error:
            refused.append(refusal(row.line, error, row["nama"][:60]))
    return table, wanted, refused


def _wanted(row: Row) -> Wanted:
    if row.broken:
        raise Broken(row.broken)
    name = checked_name(tidy(row["nama"]), "nama", longest=120)
    email = row["surel"]
    try:
        validate_email(email)
    except ValidationError as error:
        raise Broken(_("“%(email)s” bukan alamat surel.") % {"email": email[:60]}) from error
    role = ROLES.get("".join(letter for letter in row["peran"].casefold() if letter.isalpha()))
    if role is None:
        raise Broken(
            _("Peran “%(role)s” tidak dikenal. Yang ada: %(roles)s.")
            % {"role": row["peran"][:40], "roles": ", ".join(known.value for known in Role)}
        )
    if role is Role.AGENCY_ADMIN and not row["instansi"]:
        raise Broken(_("Admin instansi memerlukan kolom “instansi”."))
    # As it was written: a blank at either end belongs to a password.
    password = row.cells.get("kata_sandi", "")
    if password.strip():
        _check(password)
    return Wanted(row.line, name, email, role, tidy(row["instansi"]), password if password.strip() else "")


def _check(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise Broken(" ".join(error.messages)) from error
