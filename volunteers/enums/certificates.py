from django.db.models import TextChoices


class CertificateState(TextChoices):
    REQUESTED = "requested", "待出具"
    ISSUED = "issued", "已出具"
    REVOKED = "revoked", "已撤销"
    DECLINED = "declined", "未出具"
