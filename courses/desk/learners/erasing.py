from django.urls import reverse

from courses.desk.editing import DeskFormView
from courses.desk.learners.one import OneLearner
from courses.enums import Right
from courses.forms.learners import EraseForm
from courses.services.learners import erase


class EraseLearner(OneLearner, DeskFormView):
    """删除: the person asked for it; the name is typed so that nobody else is hit."""

    page_title = "按本人要求删除"
    right = right_to_change = Right.CHANGE_LEARNERS
    form_class = EraseForm
    is_dangerous = True
    submit_label = "删除，不能恢复"
    done = "删除了。上课的次数还算数，已经看不出是谁。"

    @property
    def question(self):
        return (
            f"要删除的是：{self.learner.name}。姓名、电话、街镇、联系人都会清掉，不能恢复；"
            "只留出生年份和上课的次数。只有本人，或者家里人来办，才这样做。"
        )

    def save(self, form):
        erase(learner=self.learner, typed_name=form.cleaned_data["typed_name"], by=self.by)
        return reverse("desk:learners")
