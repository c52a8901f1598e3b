"""What volunteer work adds to the side menu beside its ledgers."""

from portal.menu import OWN, Entry, holding, register

register(Entry("我的实习日志", "my-placement", "notebook", holding("placements.log"), OWN, 10))
