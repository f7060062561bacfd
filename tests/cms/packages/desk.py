"""What people do at 内容包 in the staff area, as their browsers send it."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile

from cms.models import PackageTask
from cms.services.packages import import_package
from tests.factories.content import as_bytes, as_folder

INDEX = "/admin/packages/"


def zipped(package: dict) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in as_bytes(package).items():
            archive.writestr(name, data)
    return buffer.getvalue()


def upload(browser, package: dict | bytes, name: str = "saoma.zip"):
    data = package if isinstance(package, bytes) else zipped(package)
    return browser.post(f"{INDEX}upload/", {"package": SimpleUploadedFile(name, data)}, follow=True)


def text_of(answer) -> str:
    assert answer.status_code in (200, 400)
    return answer.content.decode()


def press(browser, verb: str):
    return browser.post(f"{INDEX}{PackageTask.objects.get().pk}/{verb}/", follow=True)


def there(package: dict, tmp_path) -> None:
    import_package(as_folder(package, tmp_path / "there"))
