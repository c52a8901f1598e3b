"""Case stories in outlines A and B: those marked for it, with standing consent."""

from disability.models import CaseStory
from disability.models.stories import CONSENTED
from disability.summaries.outlines import COMMUNITY, STREET
from portal.summaries import Narrative, Telling, register
from portal.telling import (
    clause,
    plain,
    quoted,
    sentence_of,
    within,
)


def stories(telling: Telling):
    """Title, text and what was said; the form keeps names out of them."""
    for story in within(CaseStory.objects.filter(CONSENTED, highlight=True), telling):
        said = ""
        if story.quote:
            said = f"{plain(story.speaker) or '本人'}说：“{clause(story.quote)}。”"
        yield f"{quoted(story.title)}：{sentence_of(' '.join(story.text.split()))}{said}"


register(*(Narrative(outline, "stories", 10, stories) for outline in (COMMUNITY, STREET)))
