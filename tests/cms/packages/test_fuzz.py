"""Whatever a package's bytes are: it is imported, or refused in words. Nothing else ever happens."""

import random
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cms.errors import PackageError
from cms.services.packages import import_package
from tests.factories.content import (
    MP3,
    a_lesson,
    a_package,
    a_shared_step,
    a_step,
    as_bytes,
    as_folder,
    as_zip,
    everything,
    picture,
)

pytestmark = pytest.mark.django_db

often = hypothesis_settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
VALUES = [
    *(
        "",
        "~",
        "yes",
        "0",
        "-1",
        "1e999",
        ".nan",
        ".inf",
        "1" * 400,
        "0x7FFFFFFFFFFFFFFFFF",
        "2026-13-45",
        "2026-01-01",
    ),
    *(
        "[]",
        "{}",
        "[1]",
        "{a: 1}",
        "[[[]]]",
        '"\\0"',
        '"\\ud800"',
        '"\\U0010FFFF"',
        "&a [*a]",
        "!!python/name:os.system",
    ),
    *(
        "<b>",
        "很" * 5000,
        "|\n   x",
        "? ",
        "=",
        "<<",
        "%",
        "@",
        "\u2028",
        "'",
        "other-shared-step",
        "SCAN-1",
        "H-4",
    ),
]


def rich_package() -> dict:
    steps = [
        {"step": a_step(look="看见了。", picture={"screen": "标题栏 微信 | + *\n撕口"}, recording="r.mp3")},
        {
            "step": a_step(
                picture={"screenshot": "a.png", "alt": "图", "tap_x": 5.0, "tap_y": 6.0},
                variants=[{"phone": "apple", "do": "点"}],
            )
        },
        {"step": a_step(caution={"kind": "scam", "text": "小心。"}, if_different="没有就算了。")},
        {"shared_step": "tap-here"},
    ]
    lesson = a_lesson(
        steps=steps, topics=["微信"], also_scenarios=["safety"], checked_on="2026-01-01", safety_note="好"
    )
    return as_bytes(
        a_package(
            lesson | {"checked_on": None, "questions": [{"question": "问？", "answer": "答。"}]},
            shared_steps=[a_shared_step()],
            images={"a.png": picture()},
        )
        | {"recordings/r.mp3": MP3, "images.yaml": {"a.png": {"title": "图", "description": "说明"}}}
    )


PACKAGE = rich_package()
TEXTS = [name for name in PACKAGE if name.endswith(".yaml")]


def import_and_forget(source: Path) -> None:
    """Import; then nothing of it is left, whether it was refused or not."""
    before = everything()
    with suppress(PackageError), transaction.atomic():
        import_package(source, dry_run=True)
    assert everything() == before


@often
@given(name=st.sampled_from(TEXTS), place=st.integers(0, 10_000), value=st.sampled_from(VALUES))
def test_any_value_in_any_place(name, place, value):
    """One line's value, or what stands after its dash, is exchanged for another."""
    lines = PACKAGE[name].decode().splitlines()
    line = lines[place % len(lines)]
    head = line[: line.find(":") + 1] or line[: line.find("-") + 1]
    lines[place % len(lines)] = f"{head} {value}"
    with tempfile.TemporaryDirectory() as corner:
        import_and_forget(as_folder(PACKAGE | {name: "\n".join(lines).encode()}, Path(corner) / "p"))


@often
@given(seed=st.integers(0, 2**32), name=st.sampled_from(list(PACKAGE)), times=st.integers(1, 12))
def test_any_bytes_in_any_file(seed, name, times):
    with tempfile.TemporaryDirectory() as corner:
        import_and_forget(
            as_folder(PACKAGE | {name: scratched(PACKAGE[name], seed, times)}, Path(corner) / "p")
        )


@often
@given(seed=st.integers(0, 2**32), times=st.integers(1, 12))
def test_any_bytes_in_a_zip(seed, times):
    with tempfile.TemporaryDirectory() as corner:
        path = as_zip(PACKAGE, Path(corner) / "p.zip")
        path.write_bytes(scratched(path.read_bytes(), seed, times))
        import_and_forget(path)


def test_unscratched_it_is_imported(tmp_path):
    """Otherwise the tests above would only ever see one refusal."""
    assert len(import_package(as_zip(PACKAGE, tmp_path / "p.zip")).changes) == 5
    assert zipfile.is_zipfile(tmp_path / "p.zip")


def scratched(data: bytes, seed: int, times: int) -> bytes:
    """Some bytes changed, left out, doubled or cut off, the same for the same seed."""
    dice, result = random.Random(seed), bytearray(data)
    for _ in range(times):
        at = dice.randrange(len(result) + 1)
        match dice.randrange(4):
            case 0:
                result[at : at + 1] = bytes([dice.randrange(256)])
            case 1:
                del result[at : at + dice.randrange(1, 9)]
            case 2:
                result[at:at] = result[at : at + 30]
            case 3:
                result[at : at + 2] = dice.choice(
                    [b"\n", b": ", b"- ", b"\x00", b"\xff\xff", b"|", b"&", b"'"]
                )
    return bytes(result)
