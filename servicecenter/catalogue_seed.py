"""The usual items of a community's service hall (domain §2.8), for a unit that begins with an empty catalogue.

Days and materials are common practice, not law: a unit checks them against its own rules before it
publishes them. A basis stands only where the law's name is certain.
"""

from dataclasses import dataclass

from servicecenter.enums.catalogue import AppliesTo, CaseKind, Department, ItemLevel

D, K, L = Department, CaseKind, ItemLevel


@dataclass(frozen=True)
class Paper:
    """One material: how many originals and copies, where it comes from, whether it may follow later."""

    name: str
    originals: int = 1
    copies: int = 0
    source: str = "本人提供"
    sample: str = ""
    may_follow: bool = False


@dataclass(frozen=True)
class Seed:
    """One item with its first version. ``days`` are the promised working days, 0 for 即办."""

    code: str
    name: str
    department: Department
    kind: CaseKind
    level: ItemLevel
    days: int
    materials: tuple[Paper, ...]
    basis: str = ""
    legal: int | None = None
    conditions: str = ""
    applies_to: AppliesTo = AppliesTo.PERSONS


STEPS = {
    K.ON_SPOT: ("窗口申请", "当场核对材料并办结", "告知结果"),
    K.PROMISED: ("窗口申请", "材料齐全的当场受理，出具承办单", "站所办理", "办结并回复申请人"),
    K.SENT_UP: (
        "窗口申请", "材料齐全的当场受理，出具承办单", "社区入户核实、初审",
        "上报街道审批", "办结并回复申请人",
    ),
    K.JOINT: ("窗口申请", "受理并确定牵头站所", "有关站所会同办理", "办结并回复申请人"),
}  # fmt: skip

ID = Paper("居民身份证", 1, 1)
BOOK = Paper("居民户口簿", 1, 1)
CARD = Paper("银行卡或社会保障卡", 1, 1)
PHOTO = Paper("近期二寸免冠白底照片", 2)
APPLY = Paper("申请表", 1, source="窗口填写", sample="窗口有填写样本")
CONSENT = Paper("家庭经济状况核对授权书", 1, source="窗口填写", sample="全体家庭成员签字")
MEANS = Paper("家庭收入和财产申报材料", 1, source="窗口填写", sample="逐人逐项填写")
DISABLED = Paper("残疾人证", 1, 1)
VETERAN = Paper("退役军人优待证或退役证件", 1, 1)
DIAGNOSIS = Paper("诊断证明和病历", 1, 1, source="医疗机构出具")
REASON = Paper("困难情况说明和有关凭证", 1, 1, sample="如医疗费、火灾、车祸等凭证", may_follow=True)
WORDS = Paper("情况说明", 1, sample="写明时间、地点和诉求")

RELIEF, CARE = "《社会救助暂行办法》", "《中华人民共和国残疾人保障法》"
CERTIFICATE = f"{CARE}；《中华人民共和国残疾人证管理办法》"
SOCIAL, WORK = "《中华人民共和国社会保险法》", "《中华人民共和国就业促进法》"
ELDERS = "《中华人民共和国老年人权益保障法》"
BIRTH = "《中华人民共和国人口与计划生育法》"
SOLDIERS = "《中华人民共和国退役军人保障法》"

SEEDS = (
    Seed(
        "MZ-01", "最低生活保障初审", D.CIVIL, K.SENT_UP, L.DISTRICT, 20,
        (APPLY, ID, BOOK, CONSENT, MEANS, CARD), f"{RELIEF}；《最低生活保障审核确认办法》", 30,
        "家庭人均收入低于当地最低生活保障标准，财产状况符合规定。",
    ),
    Seed(
        "MZ-02", "最低生活保障边缘家庭认定初审", D.CIVIL, K.SENT_UP, L.DISTRICT, 20,
        (APPLY, ID, BOOK, CONSENT, MEANS),
        conditions="家庭人均收入高于低保标准、低于当地规定的倍数，财产状况符合规定。",
    ),
    Seed(
        "MZ-03", "临时救助初审", D.CIVIL, K.SENT_UP, L.STREET, 10,
        (APPLY, ID, BOOK, REASON, CARD), RELIEF,
        conditions="遭遇突发事件、意外伤害、重大疾病等，基本生活暂时出现严重困难。",
    ),
    Seed(
        "MZ-04", "特困人员供养初审", D.CIVIL, K.SENT_UP, L.DISTRICT, 20,
        (APPLY, ID, BOOK, CONSENT, MEANS), RELIEF,
        conditions="无劳动能力、无生活来源、无法定赡养抚养扶养义务人或义务人无履行能力。",
    ),
    Seed(
        "MZ-05", "高龄津贴申请", D.CIVIL, K.SENT_UP, L.STREET, 10,
        (APPLY, ID, BOOK, CARD),
        ELDERS,
    ),
    Seed(
        "MZ-06", "惠民殡葬补贴申请", D.CIVIL, K.SENT_UP, L.STREET, 10,
        (
            APPLY, ID, Paper("死亡证明", 1, 1, "医疗机构或公安机关出具"),
            Paper("火化证明", 1, 1, "殡仪馆出具"), CARD,
        ),
        "《殡葬管理条例》",
    ),
    Seed(
        "MZ-07", "孤儿和事实无人抚养儿童保障初审", D.CIVIL, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, BOOK, Paper("父母情况证明材料", 1, 1, "有关部门出具", may_follow=True)),
        "《中华人民共和国未成年人保护法》",
    ),
    Seed("MZ-08", "居家养老服务需求登记", D.CIVIL, K.PROMISED, L.COMMUNITY, 3, (ID,), ELDERS),
    Seed(
        "CL-01", "残疾人证新办", D.DISABLED, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, BOOK, PHOTO, DIAGNOSIS),
        CERTIFICATE,
    ),
    Seed(
        "CL-02", "残疾人证换领", D.DISABLED, K.SENT_UP, L.DISTRICT, 10,
        (APPLY, ID, DISABLED, PHOTO),
        CERTIFICATE,
    ),
    Seed(
        "CL-03", "残疾人证补办", D.DISABLED, K.SENT_UP, L.DISTRICT, 10,
        (APPLY, ID, PHOTO, Paper("遗失声明", 1, source="窗口填写")),
        CERTIFICATE,
    ),
    Seed(
        "CL-04", "残疾类别或等级变更", D.DISABLED, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, DISABLED, PHOTO, DIAGNOSIS),
        CERTIFICATE,
    ),
    Seed(
        "CL-05", "残疾人证迁移", D.DISABLED, K.SENT_UP, L.DISTRICT, 10,
        (APPLY, ID, BOOK, DISABLED),
        CERTIFICATE,
    ),
    Seed(
        "CL-06", "残疾人证注销", D.DISABLED, K.SENT_UP, L.DISTRICT, 5,
        (APPLY, DISABLED, Paper("注销原因证明", 1, 1, "有关部门出具", "如死亡证明；本人自愿注销的写申请")),
        CERTIFICATE,
    ),
    Seed(
        "CL-07", "困难残疾人生活补贴申请", D.DISABLED, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, DISABLED, Paper("低保证明", 1, 1, "部门核查", may_follow=True), CARD),
        "《国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见》",
        conditions="低保家庭中的残疾人，有条件的地方扩大到低保边缘家庭和其他困难残疾人。",
    ),
    Seed(
        "CL-08", "重度残疾人护理补贴申请", D.DISABLED, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, DISABLED, CARD),
        "《国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见》",
        conditions="残疾等级被评定为一级、二级且需要长期照护的重度残疾人。",
    ),
    Seed(
        "CL-09", "辅助器具适配申请", D.DISABLED, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, DISABLED),
        CARE,
    ),
    Seed(
        "CL-10", "残疾儿童康复救助申请", D.DISABLED, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, Paper("儿童和监护人户口簿", 1, 1), Paper("残疾人证或诊断证明", 1, 1, "残联或医疗机构出具")),
        "《国务院关于建立残疾儿童康复救助制度的意见》",
        conditions="0 至 6 岁视力、听力、言语、肢体、智力残疾儿童和孤独症儿童，有康复需求。",
    ),
    Seed(
        "CL-11", "机动轮椅车燃油补贴申请", D.DISABLED, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, DISABLED, Paper("机动轮椅车购车凭证", 1, 1), CARD),
    ),
    Seed(
        "CL-12", "困难残疾人家庭无障碍改造申请", D.DISABLED, K.SENT_UP, L.DISTRICT, 20,
        (APPLY, ID, DISABLED, Paper("住房情况材料", 0, 1)),
        "《中华人民共和国无障碍环境建设法》",
    ),
    Seed(
        "YB-01", "城乡居民基本医疗保险参保登记", D.INSURANCE, K.ON_SPOT, L.COMMUNITY, 0,
        (ID, BOOK),
        SOCIAL,
    ),
    Seed(
        "YB-02", "困难人员参加基本医疗保险资助申请", D.INSURANCE, K.PROMISED, L.STREET, 5,
        (APPLY, ID, Paper("困难身份证件", 1, 1, "部门核查", "如低保证、残疾人证", may_follow=True)), RELIEF,
    ),
    Seed(
        "YB-03", "城乡居民基本养老保险参保登记", D.INSURANCE, K.ON_SPOT, L.COMMUNITY, 0,
        (ID, BOOK),
        SOCIAL,
    ),
    Seed("YB-04", "领取养老待遇资格认证", D.INSURANCE, K.ON_SPOT, L.COMMUNITY, 0, (ID,), SOCIAL),
    Seed(
        "YB-05", "社会保障卡申领帮办", D.INSURANCE, K.PROMISED, L.DISTRICT, 10,
        (APPLY, ID, Paper("电子照片", 1, source="窗口采集")),
        SOCIAL,
    ),
    Seed(
        "YB-06", "医疗费用手工报销帮办", D.INSURANCE, K.SENT_UP, L.DISTRICT, 20,
        (ID, Paper("医疗费用票据和清单", 1, 1, "医疗机构出具"), DIAGNOSIS, CARD),
        SOCIAL,
    ),
    Seed(
        "JY-01", "就业困难人员认定初审", D.WORK, K.SENT_UP, L.STREET, 10,
        (APPLY, ID, Paper("就业失业登记材料", 1, 1, "部门核查", may_follow=True)), WORK,
    ),
    Seed("JY-02", "失业登记帮办", D.WORK, K.PROMISED, L.STREET, 3, (ID,), WORK),
    Seed(
        "JY-03", "招聘信息登记", D.WORK, K.ON_SPOT, L.COMMUNITY, 0,
        (Paper("营业执照", 0, 1, "用人单位提供"), Paper("招聘简章", 1, source="用人单位提供")),
        WORK, applies_to=AppliesTo.BODIES,
    ),
    Seed("JY-04", "求职登记", D.WORK, K.ON_SPOT, L.COMMUNITY, 0, (ID,), WORK),
    Seed("JY-05", "创业和技能培训报名", D.WORK, K.PROMISED, L.STREET, 5, (APPLY, ID), WORK),
    Seed(
        "WJ-01", "生育登记", D.HEALTH, K.ON_SPOT, L.COMMUNITY, 0,
        (Paper("夫妻双方居民身份证", 1, 1), Paper("结婚证", 1, 1, may_follow=True)),
        BIRTH,
    ),
    Seed(
        "WJ-02", "计划生育家庭奖励扶助申请", D.HEALTH, K.SENT_UP, L.DISTRICT, 20,
        (APPLY, ID, BOOK, CARD),
        BIRTH,
    ),
    Seed(
        "WJ-03", "老年人健康管理预约", D.HEALTH, K.ON_SPOT, L.COMMUNITY, 0,
        (ID,),
        conditions="辖区内 65 岁及以上常住居民。",
    ),
    Seed(
        "ZF-01", "公共租赁住房申请初审", D.HOUSING, K.SENT_UP, L.DISTRICT, 20,
        (APPLY, ID, BOOK, CONSENT, MEANS, Paper("住房情况申报材料", 1, source="窗口填写")),
        "《公共租赁住房管理办法》",
    ),
    Seed(
        "ZF-02", "公共租赁住房租赁补贴申请初审", D.HOUSING, K.SENT_UP, L.DISTRICT, 20,
        (APPLY, ID, BOOK, CONSENT, MEANS, Paper("房屋租赁合同", 1, 1), CARD),
    ),
    Seed(
        "TY-01", "退役军人和其他优抚对象信息采集", D.VETERANS, K.ON_SPOT, L.COMMUNITY, 0,
        (ID, BOOK, VETERAN),
        SOLDIERS,
    ),
    Seed("TY-02", "光荣牌申领", D.VETERANS, K.PROMISED, L.STREET, 10, (ID, VETERAN), SOLDIERS),
    Seed(
        "TY-03", "退役军人困难帮扶援助申请", D.VETERANS, K.SENT_UP, L.DISTRICT, 15,
        (APPLY, ID, VETERAN, REASON),
        SOLDIERS,
    ),
    Seed(
        "ZM-01", "社区证明出具", D.PROOFS, K.ON_SPOT, L.COMMUNITY, 0, (ID, WORDS),
        conditions="只出具列入村（社区）证明事项保留清单的证明。",
    ),
    Seed(
        "ZM-02", "居住情况核实", D.PROOFS, K.PROMISED, L.COMMUNITY, 2,
        (ID, Paper("住房或租房材料", 0, 1)),
    ),
    Seed(
        "WY-01", "物业服务投诉处理", D.ESTATE, K.JOINT, L.COMMUNITY, 7,
        (WORDS,),
        "《物业管理条例》", applies_to=AppliesTo.BOTH,
    ),
    Seed(
        "WY-02", "市容环境问题反映", D.ESTATE, K.PROMISED, L.COMMUNITY, 3,
        (WORDS,),
        "《城市市容和环境卫生管理条例》", applies_to=AppliesTo.BOTH,
    ),
    Seed(
        "TJ-01", "矛盾纠纷调解", D.MEDIATION, K.PROMISED, L.COMMUNITY, 7,
        (ID, WORDS),
        "《中华人民共和国人民调解法》", applies_to=AppliesTo.BOTH,
    ),
    Seed(
        "ZC-01", "惠民政策咨询和宣传上门", D.POLICY, K.ON_SPOT, L.COMMUNITY, 0,
        (Paper("联系人和地址", 1, source="窗口登记"),),
        applies_to=AppliesTo.BOTH,
    ),
    Seed("JS-01", "实用技术培训报名", D.TECHNOLOGY, K.PROMISED, L.COMMUNITY, 3, (ID,)),
)  # fmt: skip
