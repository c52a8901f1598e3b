"""What domain §7 asks the summary of each source to show, with the value that its example workbook gives.

``Figure`` is a number that stands as a figure: its token in the text, or the column of a table that does.
``Row`` is a line of a table that counts one figure by a category; ``Words`` are what no figure says: names,
slogans, ranks, and numbers of one kind of a figure that are told beside it.
"""

from tests.reports.asked import of_agency, of_office, of_sanitation, of_volunteers, row, words
from tests.reports.shown_disability import S1, S2, S5, S7

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
    "S3-17": of_agency(
        average_days_promised="4.8个工作日（1080个工作日/226件）",
        street_average="9.4天（737天/78件）",
        street_share="16.8%（96/570）",
    ),
    "S3-18": of_agency(receipts="570件"),
    "S3-19": of_agency(supervisions="19件", overdue_rate="4.9%（5/102）"),
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
        onsite_solved="26件",
        reception_day_solved="50件",
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

S6 = {
    "S6-1": of_volunteers(trainees="4人", trainee_days="80人天", trainee_hours="187.50小时"),
    "S6-2": words("“优秀居委会”"),
    "S6-3": row("实践实习工作内容", "资料归档", "18", "54.00"),
    "S6-4": words("“团结同学，有耐心，接待居民始终面带微笑”"),
    "S6-5": of_office(reading_holdings="1947册", reading_visits="1557人次"),
    "S6-6": of_volunteers(lectures="3场", lecture_audience="139人次"),
}

S8 = {
    # What patrols took off stands in the score of each quarter, line by line, not in the summary.
    "S8-3": words("“常规巡查计入季度考核制度”"),
    "S8-4": of_sanitation(sampled_groups="90个") + words("村推荐36个", "随机抽取36个"),
    "S8-5": of_sanitation(unannounced_inspections="9次", unannounced_rate="91.9%（786.00/855.00）"),
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
    "S8-12": of_sanitation(cleanup_participants="2280人次", cleanup_tonnes="104.750吨"),
    "S8-13": of_sanitation(
        hot_spots_raised="7件", hot_spots_solved="5件", hot_spots_rate="71.4%（5/7）"
    ),
    "S8-14": of_sanitation(superior_problems="18处") + words("成堆垃圾8处、陈年垃圾4处"),
    "S8-15": of_sanitation(cards_lifted="1块") + words("黄牌警告"),
    "S8-16": words("历时17天", "复查得分92.0分"),
    "S8-17": of_sanitation(contests="1次", contest_parties="15家", contest_participants="326人次"),
    "S8-18": words("责任重的6家单位列为重点"),
    "S8-19": of_sanitation(delivered="15,260份")
    + row("各社区（村）宣传画报发送和粘贴", "明塘村", "1820"),
    "S8-20": of_sanitation(paste_rate="81.9%（295/360）"),
    "S8-21": of_sanitation(special_assessments="9次"),
    "S8-22": of_sanitation(
        buyback_target="23,600公斤",
        buyback_towards="21,930公斤",
        buyback_completion="92.9%（21,930.0/23,600）",
    )
    + row("各社区（村）回购任务完成情况", "明塘村"),
    "S8-23": of_sanitation(
        haul_trips="108车次",
        hauled="501.840吨",
        hauled_per_person="3485.0公斤（501,840公斤/144人）",
    ),
    "S8-24": of_sanitation(cleaners="37人", grid_coverage="100.0%（36/36）")
    + row("保洁员性别和年龄情况", "合计"),
    "S8-25": of_sanitation(grids_uncovered="0个"),
    "S8-26": of_sanitation(cleaner_training_times="67人次", cleaners_trained_rate="91.9%（34/37）"),
    "S8-27": of_sanitation(rating_rounds="4次", households_rated="32户"),
    "S8-28": of_sanitation(local_rules="1项") + words("《龙湾组环境卫生组规民约》"),
    "S8-29": of_sanitation(plants="626株", plant_value="12,700元"),
    "S8-30": of_sanitation(study_tours="2次", study_tour_participants="59人次"),
    "S8-31": of_sanitation(
        funds_raised="233,600元", labour_days="126个工日", funds_balance="29,300元"
    ),
    "S8-32": of_sanitation(site_projects_done="3个"),
    "S8-34": of_sanitation(fee_rate="59.0%（2041/3460）"),
    "S8-35": of_sanitation(cadre_visits="122户次"),
}

SHOWN = {"s1": S1, "s2": S2, "s3": S3, "s4": S4, "s5": S5, "s6": S6, "s7": S7, "s8": S8}
