"""Standing sentences on the aim of volunteer work, for editors to put in where they are true."""

from portal.summaries import Phrase, register
from volunteers.summaries.outlines import VOLUNTEERS

AIMS = (
    "弘扬“奉献、友爱、互助、进步”的志愿精神，坚持自愿、无偿、平等、诚信、合法的原则开展志愿服务。",
    "整合社会资源，联系驻区单位和社会组织，形成社区牵头、单位参与、居民互助的志愿服务格局。",
    "以孤寡老人、残疾人、特困户为重点，做到需求有人接、服务有人去、结果有回访。",
    "服务时长如实记录、队长确认、公示无异议后计入，证明无偿出具，可凭二维码查验。",
    "把志愿服务融入社区治理、环境整治、平安建设和文明创建，活动常态化、队伍规范化、服务项目化。",
)

register(*(Phrase(VOLUNTEERS, text) for text in AIMS))
