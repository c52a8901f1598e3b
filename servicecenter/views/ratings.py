"""Steps of the redress of a bad rating."""

from portal.marks import needs_one_of
from servicecenter.services import redress
from servicecenter.views.loops import LoopStepView


class RedressStepView(LoopStepView):
    slug = "redresses"

    def explanation(self):
        rating = self.loaded.rating
        told = f"{rating.case}：{rating.get_level_display()}"
        return f"{told}，{rating.comment}" if rating.comment else told

    def service(self, record, name, values, by):
        return redress.act(record, name, values, by=by)


redress_step = needs_one_of("cases.handle", "cases.supervise")(RedressStepView.as_view())
