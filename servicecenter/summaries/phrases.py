"""Standing sentences on the aim of the agency, for editors to put in where they are true."""

from portal.summaries import Phrase, register
from servicecenter.summaries.outlines import AGENCY

AIMS = (
    "以“让群众办事不出门”为目标，由代办员受理、代办、回复，实现为民服务零距离。",
    "为行动不便的老年人、残疾人和重病家庭开通绿色通道，优先受理、上门办理。",
    "坚持“党政主导、部门联动、共同参与”，大厅统一受理，站所分头办理，街道审批事项由大厅代为上报。",
    "纵向上形成“受理、办理、回复”的封闭回路，横向上设窗口全程代办，出具承办单、限时办结。",
    "把政策宣传、用工信息、实用技术、群众来访和矛盾调处纳入代办，拓展服务内容。",
)

register(*(Phrase(AGENCY, text) for text in AIMS))
