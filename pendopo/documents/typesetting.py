"""Documents on paper: a template of ours and values in, PDF/A out. Nothing is fetched; fonts are typst's own."""

import json
from pathlib import Path

import typst


def pdf(template: Path, data: dict[str, object]) -> bytes:
    """Set a template with values: it reads them by `json(bytes(sys.inputs.data))`. They are text, never markup."""
    written = json.dumps(data, ensure_ascii=False)
    # The fonts of a machine would make another document of the same values elsewhere.
    made = typst.compile(
        template, sys_inputs={"data": written}, ignore_system_fonts=True, pdf_standards=["a-2b"], format="pdf"
    )
    assert isinstance(made, bytes)
    return made
