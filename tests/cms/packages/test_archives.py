"""A package is a folder or a zip; neither may trick us."""

import struct
import warnings
import zipfile

import pytest
from django.core.management import CommandError, call_command

from cms.errors import PackageError
from cms.services.packages import archive, import_package, is_there
from tests.factories.content import a_package, as_bytes, as_folder, as_zip, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def unchanged():
    before = everything()
    yield
    assert everything() == before


def refusal(source) -> str:
    with pytest.raises(PackageError) as refused:
        import_package(source)
    return str(refused.value)


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/evil",
        "pages/../../evil.yaml",
        "..\\evil.yaml",
        "pages\\a.yaml",
        "C:evil",
        "a/b/c",
        "..x",
    ],
)
def test_names_that_lead_elsewhere(name, tmp_path, unchanged):
    said = refusal(as_zip(a_package() | {name: "x"}, tmp_path / "p.zip"))
    assert said == f"{name}：内容包里不该有这个文件，或者名字不对。"
    assert list(tmp_path.iterdir()) == [tmp_path / "p.zip"]


def test_too_many_files(tmp_path, unchanged):
    many = {f"images/{number}.png": "x" for number in range(archive.MAX_FILES)}
    assert refusal(as_zip(a_package() | many, tmp_path / "p.zip")) == "文件太多了，最多 500 个。"
    assert refusal(as_folder(a_package() | many, tmp_path / "p")) == "文件太多了，最多 500 个。"


def test_a_bomb(tmp_path, unchanged, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", 1024 * 1024)
    unpacked, read = [], zipfile.ZipExtFile.read

    def watched(stream, *size):
        data = read(stream, *size)
        unpacked.append(len(data))
        return data

    monkeypatch.setattr(zipfile.ZipExtFile, "read", watched)
    bomb = as_zip(a_package() | {"images/a.png": bytes(5_000_000)}, tmp_path / "p.zip")
    assert bomb.stat().st_size < 10_000
    assert refusal(bomb) == "内容太大了，解开来最多 1 MB。"
    assert max(unpacked) == archive.MAX_TOTAL - sum(map(len, as_bytes(a_package()).values())) + 1
    assert (
        refusal(as_folder({"images/a.png": bytes(2_000_000)}, tmp_path / "p"))
        == "内容太大了，解开来最多 1 MB。"
    )


def test_a_zip_too_big_to_be_opened(tmp_path, unchanged, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", 100)
    (tmp_path / "p.zip").write_bytes(bytes(101))
    assert "内容太大了" in refusal(tmp_path / "p.zip")


def test_a_bomb_that_lies_about_its_size(tmp_path, unchanged, monkeypatch):
    """The two places that hold the unpacked size say 10 bytes."""
    monkeypatch.setattr(archive, "MAX_TOTAL", 1024 * 1024)
    path = as_zip({"images/a.png": bytes(5_000_000)}, tmp_path / "p.zip")
    data, true, lie = path.read_bytes(), struct.pack("<I", 5_000_000), struct.pack("<I", 10)
    assert data.count(true) == 2
    path.write_bytes(data.replace(true, lie))
    said = refusal(path)
    assert "不是一个好的 zip" in said or "内容太大了" in said


def test_the_same_name_twice(tmp_path, unchanged):
    path = as_zip(a_package(), tmp_path / "p.zip")
    with warnings.catch_warnings(), zipfile.ZipFile(path, "a") as twice:
        warnings.simplefilter("ignore")
        twice.writestr("package.yaml", "format: 1")
    assert refusal(path) == "package.yaml：这个文件在包里有两份。"


def test_a_zip_with_a_password(tmp_path, unchanged):
    path = as_zip(a_package(), tmp_path / "p.zip")
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(signature, at + 4)
    path.write_bytes(data)
    assert refusal(path) == "p.zip：不是一个好的 zip 文件，可能没传完，或者加了密码。"


def test_a_zip_packed_in_an_unusual_way(tmp_path, unchanged):
    with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_LZMA) as rare:
        for name, data in as_bytes(a_package()).items():
            rare.writestr(name, data)
    assert "压缩的方法不认得" in refusal(tmp_path / "p.zip")


@pytest.mark.parametrize("cut", [0, 10, 300, -30])
def test_a_broken_zip(cut, tmp_path, unchanged):
    path = as_zip(a_package(), tmp_path / "p.zip")
    path.write_bytes(path.read_bytes()[:cut])
    assert refusal(path) == "p.zip：不是一个好的 zip 文件，可能没传完，或者加了密码。"


def test_a_zip_of_something_else(tmp_path, unchanged):
    said = refusal(as_zip({"readme.txt": "x"}, tmp_path / "p.zip"))
    assert said == "package.yaml：没有这个文件。内容包的第一层要有它。"


@pytest.mark.parametrize("target", ["secret.txt", "pages"])
def test_links_are_not_followed(target, tmp_path, unchanged):
    (tmp_path / "secret.txt").write_text("秘密")
    (tmp_path / "pages").mkdir()
    folder = as_folder(a_package(), tmp_path / "p")
    (folder / "link.yaml").symlink_to(tmp_path / target)
    assert refusal(folder) == "link.yaml：内容包里不能有链接（快捷方式），请放真的文件。"


def test_hidden_files_of_the_computer_do_no_harm(tmp_path):
    folder = as_folder(
        a_package() | {".DS_Store": b"\x00", "pages/.SCAN-1.yaml.swp": b"\x00"}, tmp_path / "p"
    )
    assert len(import_package(folder).changes) == 2


def test_a_path_that_is_not_there(tmp_path, unchanged):
    with pytest.raises(CommandError) as refused:
        call_command("import_package", str(tmp_path / "nowhere"))
    assert "没有导入，有 1 处要改" in str(refused.value)
    assert "找不到这个内容包" in str(refused.value)


def test_a_zip_of_the_folder_itself_will_do(tmp_path):
    package = {f"saoma/{name}": value for name, value in a_package().items()}
    rubbish = {"__MACOSX/saoma/._package.yaml": b"x", "saoma/.DS_Store": b"x"}
    assert import_package(as_zip(package | rubbish, tmp_path / "saoma.zip")).changes


def test_hidden_files_of_a_folder_are_passed_over(tmp_path):
    folder = as_folder(a_package() | {".git/config": b"x", "pages/.swp": b"x"}, tmp_path / "saoma")
    assert import_package(folder).changes


def test_a_package_is_there_once_its_pages_are(tmp_path):
    folder = as_folder(a_package(), tmp_path / "saoma")
    assert not is_there(folder)
    import_package(folder)
    assert is_there(folder)
