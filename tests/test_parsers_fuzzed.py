"""Whatever reads what citizens, partners, providers, devices or files bring is fed with anything by hypothesis.

What operators write into the surroundings, and files that are part of the product, come from nobody outside.
"""

import ast
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from operator import attrgetter
from types import ModuleType
from typing import Any

import pytest
from hypothesis import is_hypothesis_test

from tests.sources import CHECKOUT

# The reader, and the test that feeds it.
PARSERS = {
    # QRIS, SNAP and receipts
    "pendopo.payments.qris.parse": "pendopo.payments.tests.test_qris.test_rubbish_is_refused_and_nothing_else_happens",
    "pendopo.payments.snap.minified": "pendopo.payments.tests.test_snap.test_blanks_change_no_signature",
    "pendopo.payments.snap.verify_with_token": (
        "pendopo.payments.tests.test_snap.test_rubbish_is_refused_and_nothing_else_happens"
    ),
    "pendopo.payments.snap.verify_without_token": (
        "pendopo.payments.tests.test_snap.test_rubbish_is_refused_and_nothing_else_happens"
    ),
    "pendopo.payments.gateways.reading.read_notice": (
        "pendopo.payments.tests.test_parsers.test_a_notification_is_read_or_refused"
    ),
    "pendopo.payments.gateways.reading.money_of": (
        "pendopo.payments.tests.test_parsers.test_amounts_moments_and_states_are_read_or_nothing"
    ),
    "pendopo.payments.gateways.reading.moment_of": (
        "pendopo.payments.tests.test_parsers.test_amounts_moments_and_states_are_read_or_nothing"
    ),
    "pendopo.payments.gateways.snap.SnapGateway.generate": (
        "pendopo.payments.tests.test_answers_fuzz.test_any_answer_of_a_gateway_is_kept_or_refused"
    ),
    "pendopo.payments.gateways.snap.SnapGateway.query": (
        "pendopo.payments.tests.test_answers_fuzz.test_any_answer_of_a_gateway_is_kept_or_refused"
    ),
    "pendopo.payments.types.Payment": (
        "pendopo.payments.tests.test_answers_fuzz.test_a_receipt_is_understood_or_refused"
    ),
    "pendopo.payments.forms.bills.DepositForm": (
        "pendopo.payments.tests.test_answers_fuzz.test_what_is_typed_off_a_receipt_is_understood_or_refused"
    ),
    # Files that people give
    "pendopo.documents.tus.length": "pendopo.documents.tests.test_tus.test_no_header_breaks_the_reading",
    "pendopo.documents.tus.offset": "pendopo.documents.tests.test_tus.test_no_header_breaks_the_reading",
    "pendopo.documents.tus.metadata": "pendopo.documents.tests.test_tus.test_no_header_breaks_the_reading",
    "pendopo.documents.sniffing.kind_of": (
        "pendopo.documents.tests.test_file_fuzz.test_a_file_with_changed_bytes_is_taken_or_refused"
    ),
    "pendopo.documents.sniffing.clean_name": (
        "pendopo.documents.tests.test_answers_fuzz.test_a_name_becomes_one_line_without_folders"
    ),
    # Pictures and the structure of PDFs: `judge` hands both to this.
    "pendopo.documents.inside.__main__.answered": (
        "pendopo.documents.tests.test_file_fuzz.test_a_pdf_of_any_structure_is_taken_or_refused"
    ),
    "pendopo.documents.sandbox._understood": (
        "pendopo.documents.tests.test_answers_fuzz.test_the_sandbox_is_understood_or_the_file_is_broken"
    ),
    "pendopo.documents.scanners.clamd.Clamd.scan": (
        "pendopo.documents.tests.test_answers_fuzz.test_a_scanner_is_understood_or_away"
    ),
    "pendopo.documents.links.checked": (
        "pendopo.documents.tests.test_answers_fuzz.test_a_link_that_we_did_not_make_opens_nothing"
    ),
    "pendopo.kernel.pictures.bare": "pendopo.kernel.tests.test_kernel_fuzz.test_a_picture_is_bared_or_refused",
    "pendopo.kernel.tables.read_table": "pendopo.kernel.tests.test_kernel_fuzz.test_a_workbook_is_read_or_refused",
    "pendopo.catalogue.importing.lines.read": (
        "pendopo.catalogue.tests.test_catalogue_fuzz.test_a_file_of_services_is_read_or_refused"
    ),
    "pendopo.catalogue.importing.fees.amount_of": (
        "pendopo.catalogue.tests.test_catalogue_fuzz.test_a_fee_is_an_amount_or_unknown"
    ),
    "pendopo.agencies.importing.agencies.read": (
        "pendopo.agencies.tests.test_agencies_fuzz.test_a_file_of_places_or_people_is_read_or_refused"
    ),
    "pendopo.agencies.importing.counters.read": (
        "pendopo.agencies.tests.test_agencies_fuzz.test_a_file_of_places_or_people_is_read_or_refused"
    ),
    "pendopo.agencies.importing.staff.read": (
        "pendopo.agencies.tests.test_agencies_fuzz.test_a_file_of_places_or_people_is_read_or_refused"
    ),
    "pendopo.config.backup.read_manifest": ("pendopo.config.tests.test_config_fuzz.test_a_manifest_is_read_or_refused"),
    # Documents that are verified, and the service that signs them
    "pendopo.documents.claims.verified": (
        "pendopo.documents.tests.test_claims.test_no_text_breaks_the_reader_of_claims"
    ),
    "pendopo.documents.queries.offline.key_file": (
        "pendopo.documents.tests.test_claims.test_no_key_file_breaks_the_reader"
    ),
    "pendopo.documents.queries.offline.signatures": (
        "pendopo.documents.tests.test_claims.test_no_upload_breaks_the_judge"
    ),
    "pendopo.documents.signers.asking._problem": (
        "pendopo.documents.tests.test_bsre.test_any_error_becomes_a_known_problem"
    ),
    "pendopo.documents.signers.bsre.only_file": (
        "pendopo.documents.tests.test_bsre.test_any_answer_is_a_file_or_a_known_problem"
    ),
    "pendopo.documents.signers.bsre.proven": (
        "pendopo.documents.tests.test_bsre.test_what_comes_back_changed_is_never_taken"
    ),
    "pendopo.applications.signatures.drawing": (
        "pendopo.applications.tests.test_signatures_fuzz.test_a_drawing_is_a_picture_or_refused"
    ),
    # Messages
    "pendopo.notifications.channels.hooks.whatsapp": (
        "pendopo.notifications.tests.test_provider_fuzz.test_what_whatsapp_tells_can_be_kept"
    ),
    "pendopo.notifications.channels.hooks.sms": (
        "pendopo.notifications.tests.test_provider_fuzz.test_what_a_gateway_tells_can_be_kept"
    ),
    "pendopo.notifications.channels.hooks.fields_of": (
        "pendopo.notifications.tests.test_provider_fuzz.test_what_a_gateway_tells_can_be_kept"
    ),
    "pendopo.notifications.channels.hooks.moment": (
        "pendopo.notifications.tests.test_provider_fuzz.test_what_a_gateway_tells_can_be_kept"
    ),
    "pendopo.notifications.channels.hooks.is_signed": (
        "pendopo.notifications.tests.test_receipts.test_no_body_and_no_header_breaks_the_reading"
    ),
    "pendopo.notifications.channels.whatsapp.WhatsApp": (
        "pendopo.notifications.tests.test_provider_fuzz.test_any_answer_of_a_provider_is_a_number_or_a_known_failure"
    ),
    "pendopo.notifications.channels.sms.Sms": (
        "pendopo.notifications.tests.test_provider_fuzz.test_any_answer_of_a_provider_is_a_number_or_a_known_failure"
    ),
    # People and their numbers, and how they sign in
    "pendopo.kernel.nik.read": "pendopo.kernel.tests.test_nik.test_whatever_is_written_is_read_or_refused",
    "pendopo.people.numbers.identifier_of": (
        "pendopo.people.tests.test_fuzz.test_a_number_is_kept_in_one_form_or_refused"
    ),
    "pendopo.people.numbers.contact_in": (
        "pendopo.people.tests.test_fuzz.test_a_contact_is_kept_in_one_form_or_refused"
    ),
    "pendopo.people.queries.accounts.handle_written": (
        "pendopo.people.tests.test_fuzz.test_no_contact_breaks_the_page_of_codes"
    ),
    "pendopo.people.queries.representing.person_of_pass": (
        "pendopo.people.tests.test_fuzz.test_no_text_is_somebody_elses_pass"
    ),
    "pendopo.kernel.crypto.read_bearer": "pendopo.kernel.tests.test_kernel_fuzz.test_a_token_is_read_or_refused",
    "pendopo.kernel.envelopes.unseal": "pendopo.kernel.tests.test_envelopes.test_rubbish_is_no_envelope",
    # Addresses
    "pendopo.kernel.cursors.read_place": "pendopo.kernel.tests.test_kernel_fuzz.test_a_cursor_is_read_or_refused",
    "pendopo.kernel.cursors.read_cursor": "pendopo.kernel.tests.test_kernel_fuzz.test_a_cursor_is_read_or_refused",
    "pendopo.kernel.cursors.read_time": (
        "pendopo.kernel.tests.test_kernel_fuzz.test_the_time_of_a_cursor_can_be_told_in_any_zone"
    ),
    "pendopo.catalogue.queries.searching._read_cursor": (
        "pendopo.catalogue.tests.test_catalogue_fuzz.test_the_cursor_of_a_search_is_read_or_refused"
    ),
    "pendopo.agencies.http.read_day": "pendopo.agencies.tests.test_agencies_fuzz.test_a_day_is_read_or_refused",
    "pendopo.queues.views.planned_closings.moment": (
        "pendopo.queues.tests.test_queues_fuzz.test_a_moment_is_understood_or_refused"
    ),
    "pendopo.config.middleware.live_origin": (
        "pendopo.config.tests.test_config_fuzz.test_the_origin_of_events_can_be_named_for_any_host"
    ),
    "live.edge.Request.of": "live.tests.test_edge_fuzz.test_any_request_is_read",
    "pendopo.inspections.forms.parts.MomentField": (
        "pendopo.inspections.tests.test_inspections_fuzz.test_a_moment_of_a_phone_is_read_or_refused"
    ),
    "pendopo.inspections.queries.inspections._moment": (
        "pendopo.inspections.tests.test_inspections_fuzz.test_a_cursor_of_inspections_is_read_or_refused"
    ),
    "pendopo.inspections.queries.findings._refuse_no_day": (
        "pendopo.inspections.tests.test_inspections_fuzz.test_a_cursor_of_inspections_is_read_or_refused"
    ),
    "pendopo.meetings.queries.meetings._place": (
        "pendopo.meetings.tests.test_meetings_fuzz.test_a_cursor_of_meetings_is_read_or_refused"
    ),
    "pendopo.meetings.queries.decisions._place": (
        "pendopo.meetings.tests.test_meetings_fuzz.test_a_cursor_of_meetings_is_read_or_refused"
    ),
    "pendopo.payments.actions.merchants.MerchantFacts": (
        "pendopo.payments.tests.test_answers_fuzz.test_what_is_told_of_a_merchant_is_understood_or_refused"
    ),
    # Devices
    "pendopo.tenancy.actions._is_address": (
        "pendopo.queues.tests.test_queues_fuzz.test_the_address_of_a_printer_is_one_or_refused"
    ),
    "pendopo.queues.printing.network.printer_at": (
        "pendopo.queues.tests.test_queues_fuzz.test_a_printer_is_understood_or_out_of_reach"
    ),
    "pendopo.queues.printing.network._host_and_port": (
        "pendopo.queues.tests.test_queues_fuzz.test_the_address_of_a_printer_is_one_or_refused"
    ),
}

# Modules that decode what we wrote ourselves, what the product brings with it, or what operators write.
OURS = {
    "pendopo.catalogue.components": "a file of the product",
    "pendopo.catalogue.queries.facilities": "a file of the product",
    "pendopo.catalogue.views.offers": "columns of our own",
    "pendopo.config.certificates": "certificates that we made",
    "pendopo.config.channels": "the surroundings",
    "pendopo.config.cli.demo": "files of the product",
    "pendopo.config.cli.rollups": "the command line",
    "pendopo.config.env": "the surroundings",
    "pendopo.config.fast_lane": "shapes of the API, which schemathesis feeds",
    "pendopo.config.handout": "a certificate that we made",
    "pendopo.config.mail": "the surroundings",
    "pendopo.config.remembering": "what we sealed",
    "pendopo.demo.sources": "files of the product",
    "pendopo.documents.actions._identities": "keys that we sealed",
    "pendopo.documents.inside.papers": "read by `inside.__main__.answered`",
    "pendopo.documents.inside.pictures": "read by `inside.__main__.answered`",
    "pendopo.documents.papers": "what we sealed",
    "pendopo.documents.queries.signing": "certificates that we made",
    "pendopo.documents.queries.trusting": "certificates that we made",
    "pendopo.documents.signers.keeping": "certificates that we made",
    "pendopo.documents.signers.local": "certificates that we made",
    "pendopo.documents.signers.tokens": "the surroundings",
    "pendopo.documents.types": "the surroundings",
    "pendopo.innovations.iga": "a file of the product",
    "pendopo.innovations.rulebook": "a file of the product",
    "pendopo.inspections.queries.checklists": "a file of the product",
    "pendopo.kernel.tokens": "the surroundings",
    "pendopo.kernel.workbooks": "read by `tables.read_table`",
    "pendopo.meetings.correspondence": "a file of the product",
    "pendopo.meetings.queries.letters": "a day behind `read_cursor`",
    "pendopo.notifications.channels.calling": "read by `WhatsApp` and `Sms`",
    "pendopo.notifications.channels.exchange": "the surroundings",
    "pendopo.notifications.forms.choosing": "one of the hours that the form offers",
    "pendopo.notifications.models.messages": "what we sealed",
    "pendopo.notifications.wording": "a file of the product",
    "pendopo.payments.actions._gateway": "a key that we sealed",
    "pendopo.payments.models.asking": "what we sealed",
    "pendopo.payments.models.returning": "what we sealed",
    "pendopo.payments.views.partner": "a key that `MerchantFacts` has read",
    "pendopo.performance.queries.days": "a day",
    "pendopo.queues.actions.taking": "an answer of our own SQL",
    "pendopo.queues.queries.boards": "an answer of our own SQL",
    "pendopo.queues.queries.tickers": "columns of our own",
    "pendopo.readiness.queries.collecting": "columns of our own",
    "pendopo.readiness.queries.rules": "a file of the product",
    "pendopo.tenancy.region_files": "a file of the product",
    "pendopo.worktime.holiday_file": "a file of the product",
}
DECODES = re.compile(
    r"json\.loads|csv\.(reader|DictReader)|urlsplit\(|b64decode\(|strptime\(|fromisoformat\(|parse_qs"
    r"|phonenumbers\.parse|Image\.open|pikepdf\.open|PdfDocument\(|zipfile\.ZipFile|load_der|load_pem"
    r"|x509\.Certificate\.load|\.model_validate_json"
)


def module_of(dotted: str) -> ModuleType:
    """Return the module in which a dotted name stands."""
    above = dotted.rpartition(".")[0]
    try:
        return importlib.import_module(above)
    except ModuleNotFoundError:
        return module_of(above)


def found(dotted: str) -> Any:
    """Return what a dotted name names. Raises AttributeError where there is no such thing."""
    module = module_of(dotted)
    return attrgetter(dotted.removeprefix(f"{module.__name__}."))(module)


def words_of(test: Any) -> set[str]:
    """Return the names that a test uses, with those of the functions of its own module that it calls."""
    seen: set[str] = set()
    waiting = [test.hypothesis.inner_test]
    while waiting:
        function = waiting.pop()
        # What hypothesis has made of a function has no text.
        with suppress(OSError):
            tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
            named = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
            named |= {each.attr for each in ast.walk(tree) if isinstance(each, ast.Attribute)}
            own = vars(sys.modules[function.__module__])
            beside = [own[name] for name in named - seen if inspect.isfunction(own.get(name))]
            waiting += [each for each in beside if each.__module__ == function.__module__]
            seen |= named
    return seen


@pytest.mark.parametrize("parser", PARSERS)
def test_a_reader_is_fed_with_anything(parser: str) -> None:
    assert callable(found(parser)), parser
    test = found(PARSERS[parser])

    assert is_hypothesis_test(test), PARSERS[parser]
    name = parser.rpartition(".")[2]
    assert name in words_of(test), f"{PARSERS[parser]} does not call {parser}"


def modules() -> Iterator[tuple[str, str]]:
    """Give the name and the text of each module of the product."""
    for part in ("pendopo", "live"):
        for path in sorted((CHECKOUT / part).rglob("*.py")):
            inside = path.relative_to(CHECKOUT).with_suffix("").parts
            if not {"tests", "migrations"} & set(inside):
                yield ".".join(inside).removesuffix(".__init__"), path.read_text()


def test_whatever_decodes_is_fed_or_reads_what_is_ours() -> None:
    decoding = {name for name, text in modules() if DECODES.search(text)}
    fed = {module_of(parser).__name__ for parser in PARSERS}

    assert decoding - fed == set(OURS)
    assert not fed & set(OURS)
