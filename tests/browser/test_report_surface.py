"""The text of a part and its chips: nothing is lost by showing, keys, pasting or an input method."""

from tests.browser.drafting import HOME_VISITS, PHONE_CALLS, TABLE

TEXTS = (
    "",
    "\n",
    "\n\n甲\n\n\n乙\n",
    f"入户{HOME_VISITS}，电话{PHONE_CALLS}。",
    f"{HOME_VISITS}{PHONE_CALLS}",
    f"{HOME_VISITS}\n{HOME_VISITS}\n",
    f"\n{TABLE}\n",
    f"见{TABLE}。",
    "{不是指标} {{ 7*7 }} {% now %} }{ {} {{残疾人入户走访}} {残疾人入户走访",
    f"<b>{HOME_VISITS}</b>&amp;<script>alert(1)</script>",
    "𠮷𬱖𪚥 龘 ẑ 👨‍👩‍👧 é  两个空格　全角空格",
    f"  行首空格{HOME_VISITS}  ",
    f"{HOME_VISITS.replace('}', '#}')}人次，比上年{HOME_VISITS.replace('}', '@比上期}')}",
)

# One surface, filled and read: what stands in the textarea, what the nodes say, and each place in it.
ROUND = """texts => texts.map(text => {
    const root = document.createElement('div');
    document.body.append(root);
    ReportChips.show(root, text);
    const places = [];
    for (let at = 0; at <= text.length; at += 1) {
        if (ReportChips.tokensIn(text).some(token => token.start < at && at < token.end)) continue;
        const back = ReportChips.offsetOf(root, ...ReportChips.pointAt(root, at));
        if (back !== at) places.push([at, back]);
    }
    const read = ReportChips.read(root);
    root.remove();
    return [read, places];
})"""


def test_chips_are_the_text_and_nothing_is_lost(opened):
    clerk = opened()
    # Three texts glued from all, so that their edges meet too.
    texts = [*TEXTS, *("".join(TEXTS[i : i + 3]) for i in range(len(TEXTS)))]
    texts += ["\n".join(TEXTS), "\n".join(reversed(TEXTS))]
    answers = clerk.page.evaluate(ROUND, texts)
    wrong = [
        (t, read, off) for t, (read, off) in zip(texts, answers, strict=True) if read != t or off
    ]
    assert wrong == []


def test_keys_pass_choose_and_take_away_whole_chips(opened):
    clerk = opened()
    press = clerk.page.keyboard.press
    clerk.write(f"甲{HOME_VISITS}{PHONE_CALLS}乙")
    press("End")
    for _ in range(3):
        press("ArrowLeft")  # past 乙, then the second chip: chosen, passed
    press("Backspace")
    assert clerk.text() == f"甲{PHONE_CALLS}乙"
    press("Control+z")
    assert clerk.text() == f"甲{HOME_VISITS}{PHONE_CALLS}乙"
    press("Home")
    press("ArrowRight")
    press("Delete")
    assert clerk.text() == f"甲{PHONE_CALLS}乙"
    press("Shift+ArrowRight")
    clerk.page.keyboard.type("丙")
    assert clerk.text() == "甲丙乙"
    press("Control+z")
    press("Control+z")
    assert clerk.text() == f"甲{HOME_VISITS}{PHONE_CALLS}乙"
    press("Control+y")
    assert clerk.text() == f"甲{PHONE_CALLS}乙"
    press("Control+a")
    press("Delete")
    assert clerk.text() == ""


PASTE = """(surface, data) => {
    const held = new DataTransfer();
    for (const [type, words] of Object.entries(data)) held.setData(type, words);
    surface.dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true}));
}"""


def test_what_is_pasted_is_words_and_chips_go_along(opened):
    clerk = opened()
    press = clerk.page.keyboard.press
    hostile = '<b onclick="x()">粗体</b><script>alert(1)</script>'
    clerk.write("")
    clerk.part().evaluate(PASTE, {"text/html": hostile, "text/plain": f"{hostile}\r\n第二行"})
    assert clerk.text() == f"{hostile}\n第二行"
    assert clerk.part().locator("b, script").count() == 0
    clerk.write(f"入户{HOME_VISITS}。")
    press("Control+a")
    press("Control+x")
    assert clerk.text() == ""
    press("Control+v")
    press("Control+v")
    assert clerk.text() == f"入户{HOME_VISITS}。" * 2
    assert clerk.part().get_by_role("img", name="残疾人入户走访").count() == 2


def test_an_input_method_writes_beside_a_chip_undisturbed(opened):
    clerk = opened()
    clerk.write(f"入户{HOME_VISITS}")
    client = clerk.page.context.new_cdp_session(clerk.page)
    for letters in ("z", "zo", "zou"):
        client.send(
            "Input.imeSetComposition",
            {"text": letters, "selectionStart": len(letters), "selectionEnd": len(letters)},
        )
    assert clerk.text() == f"入户{HOME_VISITS}"  # half a word is no text yet
    client.send("Input.insertText", {"text": "走访"})
    clerk.page.keyboard.type("。")
    assert clerk.text() == f"入户{HOME_VISITS}走访。"
