"""Which file is to be imported as the list of another line."""

from courses.forms.desk import DeskForm
from courses.forms.sheet_file import SheetField


class LineListForm(DeskForm):
    """A table."""

    file = SheetField(label="对方的活动名单")
