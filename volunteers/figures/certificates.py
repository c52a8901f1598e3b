"""Figures of certificates of service: issued, revoked, and to how many persons."""

from portal.figures import Distinct, Hours, register
from volunteers.figures.base import flow
from volunteers.models import ServiceCertificate

ISSUED = "issued_on"

register(
    flow(
        "certificates",
        "出具志愿服务证明",
        "份",
        "出具日期在期内的志愿服务证明份数，后来撤销的也算。",
        ("服务证明", "志愿服务证明", "出具证明"),
        model=ServiceCertificate,
        date=ISSUED,
    ),
    flow(
        "certificate_persons",
        "取得服务证明的志愿者",
        "人",
        "出具日期在期内的志愿服务证明所证明的志愿者人数，同一人只算一次。",
        model=ServiceCertificate,
        date=ISSUED,
        value=Distinct("volunteer"),
    ),
    flow(
        "certificate_hours",
        "服务证明所载时长",
        "小时",
        "出具日期在期内的志愿服务证明所载的服务时长之和，同一时长证明几次算几次。",
        model=ServiceCertificate,
        date=ISSUED,
        value=Hours("minutes"),
    ),
    flow(
        "certificates_revoked",
        "撤销的志愿服务证明",
        "份",
        "撤销日期在期内的志愿服务证明份数。",
        ("撤销证明",),
        model=ServiceCertificate,
        date="revoked_on",
    ),
)
