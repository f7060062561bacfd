from django.shortcuts import render

from cms.page_cache import kept
from courses.rules.personal_data import NEVER_KEPT, NOTICE_DATE, NOTICE_VERSION, TABLE, Period, in_words
from courses.services.personal_data import days, until


@kept
def privacy(request):
    """个人信息说明: the short notice in plain words, then every field with purpose, readers and period."""
    context = {
        "version": NOTICE_VERSION,
        "since": NOTICE_DATE,
        "never_kept": NEVER_KEPT,
        "learner_period": in_words(days(Period.LEARNER)),
        "table": [(about, until(about)) for about in TABLE],
    }
    return render(request, "courses/privacy.html", context)
