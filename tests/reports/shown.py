"""What domain §7 asks the summary of each source to show, with the value that its example workbook gives.

``Figure`` is a number that stands as a figure: its token in the text, or the column of a table that does.
``Row`` is a line of a table that counts one figure by a category; ``Words`` are what no figure says: names,
slogans, ranks, and numbers of one kind of a figure that are told beside it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``told`` is what running text says, a ratio with both terms."""

    code: str
    told: str


@dataclass(frozen=True)
class Row:
    """``cells`` are the first ones of a line of the table ``title``, its total row among them."""

    title: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    text: str


def figures(domain: str, **told: str) -> list[Figure]:
    return [Figure(f"{domain}.{code}", words) for code, words in told.items()]


def row(title: str, *cells: str) -> list[Row]:
    return [Row(title, cells)]


def words(*texts: str) -> list[Words]:
    return [Words(text) for text in texts]


def of_disability(**told):
    return figures("disability", **told)


def of_agency(**told):
    return figures("servicecenter", **told)


def of_volunteers(**told):
    return figures("volunteers", **told)


def of_sanitation(**told):
    return figures("sanitation", **told)


def of_office(**told):
    return figures("office", **told)


S1 = {
    "S1-1": of_disability(tasks_done="7项", tasks_planned="8项", task_rate="87.5%（7/8）"),
    "S1-2": of_disability(
        visits_home="129人次", visited_persons="56人", visit_coverage="93.3%（56/60）"
    ),
    "S1-3": of_disability(visits_phone="63人次", visits="192人次"),
    "S1-4": of_disability(insurance="5人", insurance_approved="4人", insurance_pending="1人"),
    "S1-5": of_disability(assistance="1人次", assistance_amount="500元") + words("春节前夕"),
    "S1-6": of_disability(trainings="2次", trainees="3人", training_person_times="4人次"),
    "S1-7": of_disability(family_trainees="1人"),
    "S1-8": of_disability(activities="1次", consultations="86人次") + words("第35次全国助残日"),
    "S1-9": words("“搭一把手，同走一程”"),
    "S1-10": of_disability(handouts="200份"),
    "S1-11": words("办理困难残疾人医保资助", "欢迎居民和上级部门提出意见"),
}

S2 = {
    "S2-1": of_disability(holders="310人", severe_holders="156人")
    + row("持证残疾人类别和等级", "合计"),
    "S2-2": of_disability(
        satisfaction_disabled="96.9%（186/192）",
        satisfaction_families="97.4%（150/154）",
        satisfaction_residents="96.1%（270/281）",
    ),
    "S2-3": words("市残疾人社区康复工作示范街道"),
    "S2-4": words("《2025年残疾人社区康复工作计划》"),
    "S2-5": words("社区康复工作领导小组", "分管主任"),
    "S2-6": of_disability(task_rate="90.0%（9/10）")
    + words("社区卫生服务中心", "派出所", "江枫第一小学"),
    "S2-7": of_disability(events_planned="12次", events_held="11次", event_rate="91.7%（11/12）"),
    "S2-8": words("江枫街道社区卫生服务中心"),
    "S2-9": of_disability(facilities_built="1处", facilities_built_area="1100㎡"),
    "S2-10": of_disability(specialists="5人"),
    "S2-11": of_disability(
        doctors_trained="6人",
        workers_trained="36人",
        coordinator_coverage="100.0%（30/30）",
        training_hours="38学时",
    ),
    "S2-12": of_disability(trainings_needs_survey="1次"),
    "S2-13": of_disability(trainings_care_database="1次"),
    "S2-14": of_disability(trainings_orientation="1次", plans_orientation="16份"),
    "S2-15": of_disability(facility_area="180㎡") + words("100㎡"),
    "S2-16": of_disability(
        enrolled_sunshine="68人",
        enrolments="0人次",
        exits="0人次",
        attendance_rate="91.5%（354/387）",
    ),
    "S2-17": of_disability(interest_groups="6个", group_members="68人", group_sessions="0场"),
    "S2-18": of_disability(culture_events="0次", culture_participants="0人次") + words("特奥"),
    "S2-19": of_disability(medication_rate="97.9%（235/240）", family_contacts="80次"),
    "S2-20": of_disability(sessions_held="84次"),
    "S2-21": of_disability(incidents="0起"),
    "S2-22": words("诗朗诵《今天的窗口》", "一等奖"),
    "S2-23": of_disability(needs_surveyed="306人", needs_rate="79.0%（245/310）"),
    "S2-24": of_disability(agreements_signed="146人", agreement_services="438人次"),
    "S2-25": of_disability(rehab_beyond_agreement="74人次")
    + words("饮食卫生指导", "慢性病康复指导", "健康档案随访"),
    "S2-26": of_disability(rehab_services_home="438人次"),
    "S2-27": of_disability(signing_rate="47.1%（146/310）"),
    "S2-28": of_disability(
        care_subsidy_persons="23人", care_subsidy_monthly="9200元", care_subsidy_paid="110,400元"
    ),
    "S2-29": words("安某"),
    "S2-30": of_disability(publicity_reach="710人次")
    + words("爱耳日", "助残日", "爱眼日", "精神卫生日"),
    "S2-31": of_disability(households_reached="597户次"),
    "S2-32": of_disability(newsletters="4期", issue_copies="2000份"),
    "S2-33": words("96.9%（186/192）", "97.4%（150/154）", "96.1%（270/281）"),
}

S3 = {
    "S3-2": of_agency(reception_people="836人次") + words("群众问得较多的是"),
    "S3-3": of_agency(accepted="570件"),
    "S3-4": of_agency(accepted_decided="468件", in_progress="102件", overdue="5件"),
    "S3-5": of_agency(completion="82.1%（468/570）"),
    "S3-6": of_agency(satisfaction="98.4%（246/250）"),
    "S3-7": of_agency(study_sessions="6次", study_attendance="90人次"),
    "S3-8": of_agency(stations="8个") + words("为民服务全程代办工作领导小组"),
    "S3-9": of_agency(windows="3个"),
    "S3-10": of_agency(purchase_amount="10,680元"),
    "S3-11": words("“大厅联网协议”"),
    "S3-12": of_agency(agents="4人", grid_coverage="100.0%（4/4）", boards="5块"),
    "S3-13": of_agency(staff_trainings="3次", staff_training_attendance="41人次"),
    "S3-14": of_agency(
        items_published="17项", echoes="9条", echoes_answered="8条", echo_reply_rate="88.9%（8/9）"
    ),
    "S3-15": of_agency(
        handouts="730份", cards_handed="310张", guides_handed="260份", others_handed="160份"
    ),
    "S3-17": of_agency(average_days_promised="", street_average="", street_share=""),
    "S3-18": of_agency(receipts="570件"),
    "S3-19": of_agency(supervisions="", overdue_rate="4.9%（5/102）"),
    "S3-20": of_agency(
        policy_events="2次",
        job_infos="4条",
        technique_sessions="3次",
        mediations="18件",
        mediation_rate="88.2%（15/17）",
    ),
    "S3-21": of_agency(
        folk_visits="96人次",
        reception_days="12次",
        onsite_offices="4次",
        onsite_solved="",
        reception_day_solved="",
    ),
    "S3-23": of_agency(regimes="6项") + words("“例会制度”", "“限时办结制度”"),
    "S3-24": of_agency(
        meetings_held="12次", meetings_rate="100.0%（12/12）", issues_closed_rate="80.0%（4/5）"
    ),
    "S3-25": of_agency(disclosures="8项") + row("各类公开事项", "办理结果", "2"),
    "S3-26": of_agency(commitment_aspects="7个方面", commitments_kept_rate="96.4%（27/28）"),
}

S4 = {
    "S4-2": of_volunteers(partners="4家"),
    "S4-4": of_volunteers(orgs="15个", teams="5支", groups="8个", registered="60人", new="16人"),
    "S4-6": of_volunteers(
        publicity_items="14条", publicity_upper="2条", models="3人", projects="3个"
    )
    + row("各级媒体志愿服务宣传", "市级", "2"),
    "S4-7": of_volunteers(
        notices="25次",
        notice_boards="12期",
        notice_banners="8条",
        notice_leaflets="356份",
        notice_phones="75个",
    ),
    "S4-8": of_volunteers(activities="83次", attendance="469人次", hours="1016小时"),
    "S4-9": row("各类志愿活动", "义诊", "8") + words("卫生大扫除12次", "义务巡逻24次"),
    "S4-10": of_volunteers(
        served_persons="24人",
        served_households="88户次",
        served_people="104人次",
        served_satisfaction="98.8%（83/84）",
    )
    + row("各类服务对象", "孤寡老人", "35", "35", "8"),
    "S4-11": of_volunteers(thank_you_letters="5封", banners="3面", praises="2次"),
}

S5 = {
    "S5-2": of_disability(
        tasks_done="5项", tasks_planned="6项", task_rate="83.3%（5/6）", incoming="2份"
    ),
    "S5-3": of_disability(indicators="3项", indicators_reached="2项") + words("“先进文化社区”"),
    "S5-4": of_disability(blog_posts="6篇", issue_views="1132人次"),
    "S5-5": of_disability(culture_persons="6人"),
    "S5-6": of_disability(trainees="4人"),
    "S5-7": of_disability(job_pushes="20人次", job_hired="2人"),
    "S5-8": of_disability(
        handouts="206份", consultations="74人次", banners="2条", publicity_disabled="52人次"
    ),
    "S5-9": of_disability(donated_books="12册"),
    "S5-10": of_disability(
        applications="108件",
        applications_accepted="104件",
        applications_approved="90件",
        applications_issued="72件",
    ),
    "S5-11": of_disability(visits="125人次", needs_surveyed="60人", needs_found="48人"),
    "S5-12": of_disability(
        referrals_cataract="3人",
        referrals_cataract_referred="2人",
        referrals_cataract_operated="1人",
    ),
    "S5-13": words("跟进白内障患者手术", "完成先进文化社区申报"),
}

S6 = {
    "S6-1": of_volunteers(trainees="4人", trainee_days="80人天", trainee_hours="187.50小时"),
    "S6-2": words("“优秀居委会”"),
    "S6-3": row("实践实习工作内容", "资料归档", "18", "54.00"),
    "S6-4": words("“团结同学，有耐心，接待居民始终面带微笑”"),
    "S6-5": of_office(reading_holdings="1947册", reading_visits="1557人次"),
    "S6-6": of_volunteers(lectures="3场", lecture_audience="139人次"),
}

S7 = {
    "S7-1": of_disability(registered="92人", files_rate="100.0%（92/92）"),
    "S7-2": of_disability(
        problems="46件", problems_solved="39件", problems_solved_rate="84.8%（39/46）"
    ),
    "S7-3": of_disability(visits_home="110人次", health_consultations="64人次"),
    "S7-4": of_disability(plans_made="72份", plans_reviewed="36份"),
    "S7-5": of_disability(services_paraplegia="54人次", carers_trained="9人"),
    "S7-6": of_disability(
        complication_rate_before="9.8%（9/92）", complication_rate_after="2.2%（2/92）"
    ),
    "S7-7": of_disability(nursing_advice="18人次", nursing_items="90条"),
    "S7-8": of_disability(services_vision="75人次", cane_fitted="13件"),
    "S7-9": of_disability(
        services_physical="182人次",
        appointment_attendance="94.9%（111/117）",
        prosthesis_fitted="3件",
    ),
    "S7-10": of_disability(sign_language_persons="6人", hearing_aid_fitted="10件"),
    "S7-11": of_disability(improvement_rate=""),
}

S8 = {
    "S8-3": row("patrol"),
    "S8-4": of_sanitation(sampled_groups="90个") + words("村推荐36个", "随机抽取36个"),
    "S8-5": of_sanitation(unannounced_inspections="9次", unannounced_rate=""),
    "S8-6": of_sanitation(staff="4人"),
    "S8-7": of_sanitation(enforcement_actions="7次"),
    "S8-8": of_sanitation(
        enforced_window_shop="9户",
        enforced_window_shop_area="1320㎡",
        enforced_window_shop_average="146.7㎡（1320㎡/9户）",
    ),
    "S8-9": of_sanitation(enforced_out_of_shop="13户"),
    "S8-10": of_sanitation(enforced_stall="73家"),
    "S8-11": of_sanitation(enforced_signboard="65块", enforced_signboard_area="526㎡"),
    "S8-12": of_sanitation(cleanup_participants="", cleanup_tonnes=""),
    "S8-13": of_sanitation(
        hot_spots_raised="7件", hot_spots_solved="5件", hot_spots_rate="71.4%（5/7）"
    ),
    "S8-14": of_sanitation(superior_problems="18处") + words("成堆垃圾8处、陈年垃圾4处"),
    "S8-15": of_sanitation(cards_lifted="") + words("黄牌警告"),
    "S8-16": words("历时17天", "复查得分92.0分"),
    "S8-17": of_sanitation(contests="1次", contest_parties="15家", contest_participants="326人次"),
    "S8-18": words("责任重的6家单位列为重点"),
    "S8-19": of_sanitation(delivered="15,260份")
    + row("各社区（村）宣传画报发送和粘贴", "明塘村", "1820"),
    "S8-20": of_sanitation(paste_rate="81.9%（295/360）"),
    "S8-21": of_sanitation(special_assessments=""),
    "S8-22": of_sanitation(
        buyback_target="23,600公斤", buyback_towards="21,930公斤", buyback_completion=""
    )
    + row("各社区（村）回购任务完成情况", "明塘村"),
    "S8-23": of_sanitation(haul_trips="108车次", hauled="501.840吨", hauled_per_person=""),
    "S8-24": of_sanitation(cleaners="37人", grid_coverage="100.0%（36/36）")
    + row("保洁员性别和年龄情况", "合计"),
    "S8-25": of_sanitation(grids_uncovered="0个"),
    "S8-26": of_sanitation(cleaner_training_times="67人次", cleaners_trained_rate="91.9%（34/37）"),
    "S8-27": of_sanitation(rating_rounds="4次", households_rated="32户"),
    "S8-28": of_sanitation(local_rules="1项") + words("《龙湾组环境卫生组规民约》"),
    "S8-29": of_sanitation(plants="626株", plant_value="12,700元"),
    "S8-30": of_sanitation(study_tours="2次", study_tour_participants="59人次"),
    "S8-31": of_sanitation(funds_raised="", labour_days="126个工日", funds_balance="29,300元"),
    "S8-32": of_sanitation(site_projects_done="3个"),
    "S8-34": of_sanitation(fee_rate="59.0%（2041/3460）"),
    "S8-35": of_sanitation(cadre_visits=""),
}

SHOWN = {"s1": S1, "s2": S2, "s3": S3, "s4": S4, "s5": S5, "s6": S6, "s7": S7, "s8": S8}
