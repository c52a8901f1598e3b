"""Invented examples of the ledgers of volunteer work."""

from portal.help.examples import register

register(
    {
        "volunteers": "居民周某3月1日加入：从居民册里选，辖区外的才填姓名；退出填止日，年底在册随之减少。",
        "volunteer-orgs": "“夕阳红服务队”，上级是社区服务站：一个组织一条。",
        "org-memberships": "周某自3月1日在夕阳红服务队：一人可在几个队，总人数只算一人。",
        "volunteer-applications": "网上申请核对后点“批准”，自动成为志愿者。",
        "volunteer-insurances": "周某2025年意外险，到12月31日：有风险的活动报名前会核对。",
        "volunteer-trainings": "周某4月参加急救培训：一人一次一条，人多时从培训页面勾选。",
        "volunteer-awards": "周某获“优秀志愿者”：同意宣传的才会出现在总结和公开页。",
        "volunteer-evaluations": "服务对象评周某“很耐心”：一次一条，投诉也记在这里。",
        "volunteer-activities": "4月12日清扫楼道，日期过了就算已举办：自动计入“活动”，不用再登。",
        "shifts": "9:00至11:00，需要6人：一次活动可以有几个班次。",
        "sign-ups": "周某报了9点的班；满员后是候补，有人取消自动递补。",
        "recruitment-notices": "4月1日在公开栏招募：一个渠道一条。",
        "volunteer-projects": "“周末陪伴”重点项目：活动选它，项目下的数字自动汇总。",
        "service-records": "周某4月12日服务2小时：签到签退的自动进来，补记的由别人核对后才计入。",
        "hours-postings": "4月时长公示5天，无异议自动计入。",
        "hours-corrections": "周某说少记1小时：查证后更正，原来的仍看得到。",
        "hours-rules": "每日上限8小时，公示5天：改规则另登一条，不改旧的。",
        "star-awards": "满100小时授一星：只升不降。",
        "help-requests": "王奶奶要人陪就医：安排到班次，做完填已服务。",
        "served": "4月12日服务独居老人1户2人：户次1、人次2。",
        "recognitions": "王奶奶送锦旗一面：写明为哪次活动。",
        "volunteer-publicity": "区报刊登一篇：一篇一条，分媒体计数。",
        "service-certificates": "为周某开具服务证明，时长由系统算出，编号自动连续，可扫码核验。",
        "trainees": "大学生郑某7月1日至8月31日实习，指导老师李梅：一人一段一条。",
        "trainee-logs": "7月3日整理档案4小时：一天一条，不写居民姓名。",
        "volunteer-lectures": "法制讲座，主讲王律师，60人：与“活动”是同一条。",
        "volunteer-rules": "志愿者管理办法全文：与“制度”是同一条。",
        "volunteer-partners": "第一小学志愿服务共建：与“共建单位”是同一条。",
    }
)
