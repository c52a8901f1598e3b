"""What the summaries of disability work are asked to show: S1, S2, S5, S7 (see ``shown.py``)."""

from tests.reports.asked import of_disability, row, words

S1 = {
    "S1-1": of_disability(tasks_done="7项", tasks_planned="8项", task_rate="87.5%（7/8）"),
    "S1-2": of_disability(
        visits_home="129人次", visited_persons="56人", visit_coverage="93.3%（56/60）"
    ),
    "S1-3": of_disability(visits_phone="63人次", visits="192人次"),
    "S1-4": of_disability(insurance="5人", insurance_approved="4人", insurance_pending="1人"),
    "S1-5": of_disability(help_given="1人次", assistance_amount="500元") + words("春节前夕"),
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
        enrolments="8人次",
        attendance_rate="91.5%（354/387）",
    ),
    "S2-17": of_disability(interest_groups="6个", group_members="68人")
    + row("兴趣小组组员情况", "腰鼓队", "12"),
    "S2-18": of_disability(culture_events="1次", culture_participants="120人次") + words("特奥"),
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

S7 = {
    "S7-1": of_disability(known_with_file="92人", files_rate="100.0%（92/92）"),
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
    "S7-11": of_disability(improvement_rate="85.4%（35/41）"),
}
