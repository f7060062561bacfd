"""`make bench`: what pages cost, beside a bare Django view in the same run.

First drawn, in this process (`drawn.py`, the class desk in `desk.py`, learners in `learners.py`), then through the real
server, kept and not (`served.py`), enrolling (`enrolment.py`), counting with a history of 200,000 lines
(`counting.py`), then the editor with a long lesson (`editor.py`).
"""

import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path


def main() -> None:
    """Measure on a copy of the demo content and print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        from tests.benchmarks import desk, drawn, editor, learners, served
        from tests.journeys.conftest import chromium

        pages = drawn.measured()
        print(drawn.table(pages))
        print("\n" + desk.table(desk.measured()))
        print("\n" + learners.table(learners.measured()))
        lesson = next(page.path for page in pages if page.name == drawn.LESSON)
        print("\n" + served.table(served.compare(lesson, shared=True)))
        # Django is set up once in a process, and this one has its database already.
        for part, kind in product(("enrolment", "counting"), ("sqlite", "postgres")):
            print(flush=True)
            subprocess.run([sys.executable, "-m", f"tests.benchmarks.{part}", kind], check=True)
        print("\n" + (editor.table(editor.compare()) if chromium() else "没有 Chromium，编辑器没有量。"))


def prepare(folder: Path) -> None:
    """Start Django on a copy of the demo content."""
    from tests.real_parts.sqlite import SqliteDatabases

    database = SqliteDatabases(folder).clone("bench", "demo")
    os.environ |= {"DATABASE_URL": f"sqlite:///{database}", "VAR_DIR": str(folder)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django

    django.setup()


if __name__ == "__main__":
    main()
