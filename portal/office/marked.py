"""The office's own facts of a department, each in a sentence of its summary: those marked 写入总结."""

from collections.abc import Callable, Iterable

from portal.happenings import events, marked
from portal.office.models import ChannelIssue, Honor, Slogan
from portal.summaries import Telling
from portal.telling import clause, plain, quoted, titled

Compose = Callable[[Telling], Iterable[str]]


def honors_of(domain: str) -> Compose:
    """10月9日，获市文明办授予“先进集体”称号。 The winner may be a person, and is not named."""

    def words(each):
        if each.prize:
            contest = f"在{quoted(each.contest)}中" if each.contest else f"在{each.grantor}的评比中"
            return f"{contest}获{each.prize}"
        return f"获{each.grantor}授予{quoted(each.name)}称号"

    def compose(telling: Telling):
        return events(
            telling, marked(Honor.objects.filter(domains__contains=[domain]), telling), words
        )

    return compose


def issues_of(domain: str) -> Compose:
    """4月1日，在“明珠社区”发布《春季招聘》。"""

    def words(each):
        return f"在{quoted(plain(each.channel.name))}发布{titled(clause(each.title))}"

    def compose(telling: Telling):
        rows = ChannelIssue.objects.filter(channel__domains__contains=[domain])
        return events(telling, marked(rows, telling).select_related("channel"), words)

    return compose


def slogans_of(domain: str) -> Compose:
    """5月10日，在社区门口悬挂“关爱残疾人”横幅。"""

    def words(each):
        place = f"在{each.place}" if each.place else ""
        return f"{place}设置{each.get_kind_display()}{quoted(clause(each.text))}"

    def compose(telling: Telling):
        return events(
            telling, marked(Slogan.objects.filter(domains__contains=[domain]), telling), words
        )

    return compose
