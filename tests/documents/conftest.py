"""What the tests of documents share."""

from __future__ import annotations

import pytest

from tests.documents.office import Office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """LibreOffice, for tests that are marked with `needs_office`."""
    return Office(tmp_path_factory.mktemp("office"))
