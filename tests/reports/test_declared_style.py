"""The words that outlines declare, as they will be printed: GB/T 15834 and GB/T 15835 hold before anything is told."""

import re

import pytest

from portal.punctuation import tidy
from portal.summaries import Clauses, FigureTable, RecordTable, Sentence, outlines
from reports.readings import declared
from reports.tokens import TOKEN

HAN = r"\u4e00-\u9fff"
WRONG = {
    "a half-width mark in Chinese": rf"(?<=[{HAN}”》）])[,;:?!()]|[,;:?!()](?=[{HAN}“《（])",
    "a half-width stop": rf"(?<=[{HAN}”》）])\.(?![0-9])",
    "straight quotation marks": r"[\"']",
    "a mark beside a mark": r"[，。；：、？！][，。；：、？！]|^[，。；：、]",
    "nothing between marks": r"“”|《》|（）|‘’|〔〕",
    "a space": rf"(?<=[{HAN}，。；：、]) | (?=[{HAN}，。；：、])",
    "a range that is not ～ or —": r"\d%?[~–-]\d",
    "a year of two digits": r"(?<![\d第])\d{2}年(?=度|工作|全年|上半年|下半年|\d{1,2}月)",
    "dots that are no ellipsis": r"\.{2,}|。{2,}|(?<!…)…(?!…)",
    "a stop within quotation marks and one behind them": r"。”。|。）。",
    "a mark behind a number in brackets": r"^（[一二三四五六七八九十]+）[、，]",
    "a placeholder": r"[×＊]|\*{2,}|\bx{2,}\b|20xx",
}
OUTLINES = list("ABCDEFGH")


def printed(text: str) -> str:
    """With a number where a figure stands; of a comparison the words of one."""
    return TOKEN.sub(lambda m: "增加3件" if m[1].endswith("@change") else "12件", text)


def sentences(outline) -> list[str]:
    """Whole ones: declared sentences, all clauses in a row, silences and phrases."""
    found = [part.silence for part in outline.parts if part.silence]
    for paragraph in declared(outline):
        match paragraph:
            case Sentence(text=text):
                found.append(text)
            case Clauses(clauses=clauses):
                found.append("，".join(words for words, *_ in clauses) + "。")
    return [printed(text.strip()) for text in [*found, *outlines.phrases_of(outline.kind)]]


def headings(outline) -> list[str]:
    """Of parts and tables: no sentences."""
    found = [outline.name, *(part.heading for part in outline.parts if part.heading)]
    for table in declared(outline):
        if isinstance(table, FigureTable):
            found.append(table.title)
        if isinstance(table, RecordTable):
            found += [*table.headers, *filter(None, [table.note])]
    return found


def faults(text: str) -> list[str]:
    found = [f"{name}: {text}" for name, wrong in WRONG.items() if re.search(wrong, text)]
    return found + ([f"tidied: {tidy(text)}"] if tidy(text) != text else [])


@pytest.mark.parametrize("kind", OUTLINES)
def test_sentences_and_phrases_are_written_by_the_standards(kind):
    texts = sentences(outlines[kind])
    assert texts
    assert [fault for text in texts for fault in faults(text)] == []


@pytest.mark.parametrize("kind", OUTLINES)
def test_sentences_end_and_headings_do_not(kind):
    outline = outlines[kind]
    assert [text for text in sentences(outline) if not re.search(r"[。！？][”）》]?$", text)] == []
    assert [text for text in headings(outline) if re.search(r"[，。；：、！？]$", text)] == []
    assert [fault for text in headings(outline) for fault in faults(text)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        "走访残疾人,共3人。",
        "工作做完。。",
        "面向16-35周岁。",
        "25年度工作。",
        "开展“”活动。",
        "（一）、走访。",
        "走访 3人。",
    ],
)
def test_the_walk_would_see_it(wrong):
    assert faults(wrong)


def test_every_outline_is_walked():
    assert {outline.kind for outline in outlines} == set(OUTLINES)
