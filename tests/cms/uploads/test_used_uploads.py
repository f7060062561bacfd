"""A picture or a recording that something uses, or will use, is listed there and cannot be deleted."""

from itertools import product

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse

from cms.errors import UploadInUse
from cms.models import ContentDocument, ContentImage
from cms.services.usage import users_of
from tests.factories.images import an_image
from tests.factories.pages import a_lesson, a_shared_step, photo_step, step, stream
from tests.factories.people import an_admin

pytestmark = pytest.mark.django_db


def a_recording() -> ContentDocument:
    return ContentDocument.objects.create(title="读一遍", file=ContentFile(b"ID3", "read.mp3"))


def using(upload) -> tuple[str, dict]:
    return photo_step(upload) if isinstance(upload, ContentImage) else step(recording=upload.pk)


def on_line(upload):
    return a_lesson(title="微信扫一扫", steps=stream(using(upload)))


def in_a_draft(upload):
    lesson = a_lesson(title="微信扫一扫")
    lesson.steps = stream(using(upload))
    lesson.save_revision()
    return lesson


def in_a_variant_of_a_draft(upload):
    """Deep inside: a variant's own picture."""
    _, value = using(upload)
    variant = {"phone": "apple", "do": "点“好”。", "picture": value.get("picture", {})}
    lesson = a_lesson(title="微信扫一扫")
    lesson.steps = stream(step(variants=[variant], recording=value.get("recording")))
    lesson.save_revision()
    return lesson


def in_a_shared_step(upload):
    return a_shared_step(title="微信扫一扫", body=using(upload))


def in_a_shared_steps_draft(upload):
    shared = a_shared_step(title="微信扫一扫", body=step())
    shared.body = stream(using(upload))
    shared.save_revision()
    return shared


USES = [on_line, in_a_draft, in_a_variant_of_a_draft, in_a_shared_step, in_a_shared_steps_draft]
BOTH = pytest.mark.parametrize(("make", "use"), list(product([an_image, a_recording], USES)))


@BOTH
def test_what_is_used_stays(make, use):
    upload = make()
    user = use(upload)
    assert [found.pk for found in users_of(upload)] == [user.pk]
    with pytest.raises(UploadInUse, match=r"还用在：.*微信扫一扫"), transaction.atomic():
        upload.delete()
    assert type(upload).objects.filter(pk=upload.pk).exists()


def test_what_a_draft_no_longer_uses_may_go():
    image = an_image()
    lesson = on_line(image)
    lesson.steps = stream(step())
    lesson.save_revision().publish()
    assert users_of(image) == []
    image.delete()


def test_another_picture_of_the_same_number_is_not_meant():
    """The recording and the picture have the same row number: only one of them is used."""
    image, recording = an_image(), a_recording()
    in_a_draft(image)
    assert users_of(recording) == [] or recording.pk != image.pk


ADDRESSES = {
    an_image: ("wagtailimages:image_usage", "wagtailimages:delete"),
    a_recording: ("wagtaildocs:document_usage", "wagtaildocs:delete"),
}


@pytest.mark.parametrize("make", ADDRESSES)
def test_the_staff_area_lists_drafts_and_refuses_in_words(make, client):
    client.force_login(an_admin())
    upload, (usage, delete) = make(), ADDRESSES[make]
    in_a_draft(upload)
    listed = client.get(reverse(usage, args=[upload.pk])).content.decode()
    assert "微信扫一扫" in listed
    assert "在线，有草稿" in listed
    answer = client.post(reverse(delete, args=[upload.pk]), follow=True)
    assert "还用在：微信扫一扫" in answer.content.decode()
    assert type(upload).objects.filter(pk=upload.pk).exists()


@pytest.mark.parametrize("make", ADDRESSES)
def test_deleting_is_offered_only_for_what_no_draft_shows(make, client):
    client.force_login(an_admin())
    (used, free), delete = (make(), make()), ADDRESSES[make][1]
    in_a_draft(used)
    kept = client.get(reverse(delete, args=[used.pk])).content.decode()
    assert "有 1 处用到" in kept
    assert "不能删" in kept
    assert "删掉" not in kept
    assert "删掉" in client.get(reverse(delete, args=[free.pk])).content.decode()


def test_deleting_many_pictures_is_refused_in_words(client):
    client.force_login(an_admin())
    used, free = an_image(), an_image()
    in_a_draft(used)
    many = reverse("wagtail_bulk_action", args=["cms", "contentimage", "delete"])
    answer = client.post(f"{many}?id={used.pk}&id={free.pk}", follow=True)
    assert "还用在：微信扫一扫" in answer.content.decode()
    assert ContentImage.objects.count() == 2


def test_looking_for_uses_reads_all_drafts_at_once(django_assert_max_num_queries):
    image = an_image()
    for _ in range(3):
        in_a_draft(image)
    users_of(image)
    with django_assert_max_num_queries(7):
        assert len(users_of(image)) == 3
