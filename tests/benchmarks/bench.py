"""`make bench`: what pages cost, beside a bare Django view in the same run.

First drawn, in this process (`drawn.py`), then through the real server, kept and not (`served.py`); last the desk's
screens of 3,000 learners (`learners.py`).
"""

import os
import tempfile
from pathlib import Path


def main() -> None:
    """Measure on a copy of the demo content and print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        from tests.benchmarks import drawn, learners, served

        pages = drawn.measured()
        print(drawn.table(pages))
        lesson = next(page.path for page in pages if page.name == drawn.LESSON)
        print("\n" + served.table(served.compare(lesson, shared=True)))
        print("\n" + learners.table(learners.measured()))


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
