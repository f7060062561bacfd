"""While one request checks a draft, another publishes: what goes on line is checked as strictly as ever."""

import threading
from contextlib import nullcontext

import pytest
from django.core.exceptions import ValidationError

from cms.blocks import StepBlock, StepsBlock, drafts

BROKEN = "标题栏 微信\n列"


@pytest.fixture
def in_the_middle(monkeypatch):
    """Runs a function in a thread of its own while a draft of the same field is being checked; gives its outcome."""

    def run(draft, action):
        inside, done = threading.Event(), threading.Event()
        clean = StepBlock.clean

        def held(self, value):
            if threading.current_thread() is writer:
                inside.set()
                done.wait(2)
            return clean(self, value)

        monkeypatch.setattr(StepBlock, "clean", held)
        outcome = []

        def publish():
            inside.wait(2)
            outcome.append(action())
            done.set()

        writer, publisher = threading.Thread(target=draft), threading.Thread(target=publish)
        for thread in (writer, publisher):
            thread.start()
        # Whoever is made to wait for the draft never says "done"; the draft goes on by itself.
        publisher.join(0.2)
        done.set()
        for thread in (writer, publisher):
            thread.join(5)
        return outcome[0]

    return run


def check(block, text: str) -> str:
    """Check a step with this screen as for publishing; return what is said against it."""
    value = block.to_python([{"type": "step", "value": {"do": "点。", "picture": {"screen": text}}}])
    try:
        block.clean(value)
    except ValidationError:
        return "refused"
    return "let through"


def let_draft_in(block):
    block.clean_deferred(block.to_python([{"type": "step", "value": {"do": ""}}]))


def test_a_broken_screen_is_refused_also_then(in_the_middle):
    block = StepsBlock()
    assert in_the_middle(lambda: let_draft_in(block), lambda: check(block, BROKEN)) == "refused"


def test_control_without_the_lock_it_slips_through(in_the_middle, monkeypatch):
    monkeypatch.setattr(drafts, "_one", nullcontext())
    block = StepsBlock()
    assert in_the_middle(lambda: let_draft_in(block), lambda: check(block, BROKEN)) == "let through"
