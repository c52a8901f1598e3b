"""Records for tests: each factory makes one believable, valid row; call inside ``acting``."""

from tests.factories import cases, office
from tests.factories import disability_conditions as conditions
from tests.factories import disability_devices as devices
from tests.factories import disability_programmes as programmes
from tests.factories.disability import certificate, disability_file
from tests.factories.disability_network import (
    body,
    case_story,
    provider_service,
    rehab_worker,
    share_of_each,
    worker_attendance,
    workers_training,
)
from tests.factories.disability_rehabilitation import (
    need,
    needs_survey,
    plan_review,
    plan_template,
    rehab_agreement,
    rehab_plan,
    rehab_service,
    rehab_session,
    rehabilitation_of,
)
from tests.factories.disability_subsidies import (
    care_tag,
    finding,
    former_subsidy,
    payment,
    payment_run,
    standard,
    subsidies_of,
    subsidy,
    subsidy_kind,
)
from tests.factories.people import (
    building,
    consent,
    dwelling,
    household,
    id_number,
    life_event,
    member,
    resident,
)
from tests.factories.services import consultation, diary, job_info, job_push, problem
from tests.factories.shared import activity, application, assistance, handout, participation, visit

__all__ = [
    "activity",
    "application",
    "assistance",
    "body",
    "building",
    "care_tag",
    "case_story",
    "cases",
    "certificate",
    "conditions",
    "consent",
    "consultation",
    "devices",
    "diary",
    "disability_file",
    "dwelling",
    "finding",
    "former_subsidy",
    "handout",
    "household",
    "id_number",
    "job_info",
    "job_push",
    "life_event",
    "member",
    "need",
    "needs_survey",
    "office",
    "participation",
    "payment",
    "payment_run",
    "plan_review",
    "plan_template",
    "problem",
    "programmes",
    "provider_service",
    "rehab_agreement",
    "rehab_plan",
    "rehab_service",
    "rehab_session",
    "rehab_worker",
    "rehabilitation_of",
    "resident",
    "share_of_each",
    "standard",
    "subsidies_of",
    "subsidy",
    "subsidy_kind",
    "visit",
    "worker_attendance",
    "workers_training",
]
