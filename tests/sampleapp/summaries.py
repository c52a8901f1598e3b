from portal.summaries import Sentence, register

register(
    Sentence(
        "A",
        "publicity",
        900,
        "雨天借出雨伞{sampleapp.umbrellas}。",
        ("sampleapp.umbrellas",),
    )
)
