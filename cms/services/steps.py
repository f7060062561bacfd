"""Finding the steps in any page or shared step, whichever field they stand in."""

from collections.abc import Iterator

from wagtail.blocks import StreamValue

from cms.services.reading import step_of


def steps_in(content) -> Iterator[dict]:
    """Yield every StepBlock value in the StreamFields of a page or a shared step."""
    for field in content._meta.get_fields():
        value = getattr(content, field.name, None) if field.concrete else None
        if isinstance(value, StreamValue):
            yield from _steps(value)


def _steps(stream: StreamValue) -> Iterator[dict]:
    for block in stream:
        if block.block_type in {"step", "shared_step"} and (value := step_of(block)):
            yield value
