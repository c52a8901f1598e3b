from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "社区工作台"

    def ready(self):
        # The portal's own, before the apps'.
        import portal.accounts.worklists
        import portal.asks.worklists
        import portal.audit.signals
        import portal.drafts.worklists
        import portal.exports.worklists
        import portal.imports.worklists
        import portal.notices.worklists  # noqa: F401
        from portal.accounts import (
            default_accounts,  # noqa: F401  registers a check
            signals,  # noqa: F401
        )
        from portal.figures.cells import checks as cell_checks  # noqa: F401  registers
        from portal.offline import telling  # noqa: F401
        from portal.wall import checks  # noqa: F401  registers; needs the models
        from portal.wall.install import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self)
