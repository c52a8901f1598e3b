from portal.figures import Flow, Total, register
from tests.sampleapp.models import Loan

register(
    Flow(
        "sampleapp.umbrellas",
        "借出雨伞",
        "servicecenter",
        "把",
        "借伞日期在期内的借伞记录所登记的把数之和。",
        model=Loan,
        value=Total("umbrellas"),
    )
)
