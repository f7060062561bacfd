"""Uploaded pictures: the sizes made for readers are public, the originals are not."""

import pytest

from tests.factories.images import an_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def image():
    return an_image()


def test_a_size_for_readers_is_served(client, image):
    response = client.get(image.get_rendition("width-100|format-webp").url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"


def test_the_original_is_not(client, image):
    assert client.get(image.file.url).status_code == 404


@pytest.mark.parametrize(
    "path", ["images/../original_images/a.png", "images/none.webp", "documents/a.mp3", "images/"]
)
def test_nothing_else_is(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_production_leaves_it_to_the_front_server(client, image, settings):
    settings.SERVE_UPLOADS = False
    assert client.get(image.get_rendition("width-100|format-webp").url).status_code == 404
