"""Why a ratio was not reached, by measure: written by hand after a look at what takes the time."""

REASONS = {
    "search": "The box asks five kinds of records one after the other; each is a statement that the ORM composes"
    " anew, which takes longer than the database takes to answer it. The admin asks one table, and where that is"
    " small, reading all of it is still quick.",
    "dashboard": "The page reads stocks and distinct persons, which have no cells by design, and draws its charts;"
    " the engine's part alone is the first line.",
    "ledger_page": "The exact count under the list and the figures at its foot read every row in sight.",
    "explain": "Help and applications have no index by unit and day, so that the keys of all rows in sight are sorted;"
    " the home page's one statement counts what is due in all ledgers.",
    "imports": "Each row goes through the form of the screen, once for the check and once for storing, so that a file"
    " obeys the rules of the screen: the time is Python's.",
    "exports": "Cells are read through the columns of the list (masks, words of choices, people's names unsealed row"
    " by row), and the joined rows are sorted before the first one leaves.",
    "paper": "The layout is one process's Python, with fonts embedded, tags and justified lines that Chromium was not"
    " asked for; Chromium used both cores.",
    "own_cost": "Of a list's statements seven begin, describe and end the transaction (BEGIN, two SET TRANSACTION,"
    " set_config, SAVEPOINT, RELEASE, COMMIT). The rest is the ORM's composing and Django's templates; the home page"
    " composes the statement that counts what is due in all ledgers at each request.",
    "cold_page": "The frame of a page names some 24 files, which are not bundled; HTML itself is not compressed by the"
    " portal (a proxy may).",
}
