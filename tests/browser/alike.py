"""Parts of pages that are alike are looked at once: the thirtieth row of a list tells no more than the third.

Two parts are alike when everything that decides how they look and what they are called is the same: all elements
above with their attributes and colours, the whole tree below with its own, whether each is seen, ticked, scrolls, is
first, last, odd or even among its siblings, and whether what it refers to is there. Words and addresses may differ,
but not whether there are any. Whatever is new in one of these is looked at, with all that lies in it.
"""

import json

# Of all elements in the order of the document: what makes a part alike (nothing: it is not to be taken out), where its
# tree ends, and whether it is looked at as one, since what stands in it is its name.
PARTS = r"""() => {
    const WORDS = new Set(['href', 'src', 'action', 'value', 'title', 'alt', 'placeholder', 'content', 'datetime', 'id',
        'name', 'form', 'list', 'aria-label', 'aria-valuetext', 'd', 'points']);
    const NAMED = new Set(['for', 'headers', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns',
        'aria-details', 'aria-activedescendant', 'aria-errormessage']);
    const COLOURS = ['color', 'backgroundColor', 'backgroundImage', 'opacity', 'fontSize', 'fontWeight', 'textShadow',
        'textDecorationLine', 'position'];
    const ONE = 'a, button, summary, label, select, p, h1, h2, h3, h4, h5, h6, legend, dt, [role=option]';
    const FRAME = 'html, body, main';
    const mixed = (text, seed) => {
        let hash = seed;
        for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
        return hash >>> 0;
    };
    const worded = part => !!part && !!(part.textContent.trim() || part.ariaLabel);
    const there = id => { const part = document.getElementById(id); return [!!part, worded(part)]; };
    const attribute = ({name, value}) => {
        if (NAMED.has(name)) return name + value.split(' ').map(there);
        if (WORDS.has(name) || name.startsWith('hx-')) return name + !!value.trim();
        return name + '=' + (name.startsWith('aria-') ? value : value.replace(/\d+/g, '0'));
    };
    const scrolls = (part, style) => style.overflowX + style.overflowY !== 'visiblevisible'
        && (part.scrollHeight > part.clientHeight || part.scrollWidth > part.clientWidth);
    // What axe asks of a whole that its parts do not tell: which children it has, and how many cells.
    const whole = part => {
        if (part.localName === 'table') return [...new Set([...part.rows].map(row => row.cells.length))].sort().join();
        if (!/^([dou]l|select)$/.test(part.localName)) return '';
        return [...new Set([...part.children].map(child => child.localName))].join();
    };
    const own = part => {
        const said = [part.localName, ...[...part.attributes].map(attribute).sort(), whole(part)];
        // Whether words of its own stand beside links in it, and whether what is read aloud holds what is seen.
        said.push([...part.childNodes].some(child => child.nodeType === 3 && child.data.trim()));
        said.push(!part.ariaLabel || part.ariaLabel.includes(part.textContent.trim()));
        said.push(!!part.labels && [...part.labels].map(worded), !!part.checked, !!part.selected, !!part.open,
            part.disabled === true);
        if (part.checkVisibility()) {
            const style = getComputedStyle(part);
            said.push(scrolls(part, style), ...COLOURS.map(name => style[name]));
        }
        return said.join('|');
    };
    const told = [];
    const walk = (part, above, odd) => {
        const self = own(part) + !part.previousElementSibling + !part.nextElementSibling;
        const path = mixed(self + odd, above), at = told.push(null) - 1;
        let below = 2166136261, number = 0;
        for (const child of part.children) below = mixed(String(walk(child, path, number++ % 2)), below);
        below = mixed(self, below);
        told[at] = [part.matches(FRAME) ? '' : `${path}.${below}`, told.length, part.matches(ONE)];
        return below;
    };
    walk(document.documentElement, 2166136261, 0);
    return JSON.stringify(told);
}"""

# Axe on the page without some parts, told by their places: it reads all of a page for each of its fifty rules, even
# what it is told to leave out. Labels stay with what they name, and so does what would not be the same again when it is
# put back. Should anything be found, the page as it is has the last word.
LOOK = """async ([places, context, options]) => {
    const run = async () => (await axe.run(context, options)).violations;
    const stays = 'head, head *, script, template, [contenteditable] *';
    const holds = 'style, link, iframe, dialog, [popover], [contenteditable]';
    const names = part => [part, ...part.querySelectorAll('label')]
        .some(label => label.control && !part.contains(label.control));
    const parts = document.documentElement.getElementsByTagName('*');
    const back = places.map(place => parts[place - 1])
        .filter(part => !part.matches(stays) && !part.matches(holds) && !part.querySelector(holds)
            && !names(part) && !part.contains(document.activeElement))
        .map(part => {
            const gap = document.createComment('');
            return {out: () => part.replaceWith(gap), in: () => gap.replaceWith(part)};
        });
    back.forEach(part => part.out());
    let found;
    try { found = await run(); } finally { back.forEach(part => part.in()); }
    const grave = found.some(each => ['serious', 'critical'].includes(each.impact));
    return grave && back.length ? run() : found;
}"""

# A name that stands twice on a page shows on the whole page alone.
TWICE = """() => {
    const named = ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'aria-owns', 'aria-details',
        'aria-activedescendant', 'aria-errormessage'];
    const asked = new Set(named.flatMap(name =>
        [...document.querySelectorAll(`[${name}]`)].flatMap(part => part.getAttribute(name).split(' '))));
    const ids = [...document.querySelectorAll('[id]')].map(part => part.id);
    return [...new Set(ids.filter((id, at) => asked.has(id) && ids.indexOf(id) !== at))].map(id => 'twice: #' + id);
}"""


def places_alike(page, seen: set[str]) -> list[int]:
    """Where parts begin that are in ``seen`` already, or stand on this page once more.

    ``seen`` grows by what is new.
    """
    told = json.loads(page.evaluate(PARTS))
    places, at = [], 0
    while at < len(told):
        key, end, one = told[at]
        if key and key in seen:
            places.append(at)
            at = end
        else:
            below = end if one else at + 1
            seen.update(each[0] for each in told[at:below])
            at = below
    return places
