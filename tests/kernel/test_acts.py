"""The act table."""

import pytest

from kumppani.domain.publishing.states import PUBLICATION_ACTS, PublicationStatus
from kumppani.kernel.acts import step
from kumppani.kernel.errors import RuleBroken


def test_an_act_leads_to_the_status_its_row_names() -> None:
    assert step(PUBLICATION_ACTS, PublicationStatus.OPEN, "withdraw").next == PublicationStatus.WITHDRAWN


def test_an_act_that_has_no_row_in_a_status_is_refused() -> None:
    with pytest.raises(RuleBroken, match="“withdraw” cannot be done while the status is “withdrawn”"):
        step(PUBLICATION_ACTS, PublicationStatus.WITHDRAWN, "withdraw")
