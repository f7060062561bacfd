"""What a package's names stand for once its pictures, recordings and shared steps have arrived."""

from cms.models import ContentDocument, ContentImage, SharedStep
from cms.services.packages import words
from cms.services.packages.manifest import Package
from cms.services.packages.uploads import Uploads


class ArrivingNames:
    """Gives the row number for a name in the package; None for a name it does not hold."""

    def __init__(self, package: Package, uploads: Uploads):
        self.package = package
        self.uploads = uploads
        self.images: dict[str, ContentImage] = {}
        self.recordings: dict[str, ContentDocument] = {}
        self.asked: set[str] = set()

    def receive_media(self) -> list[str]:
        """Store the package's pictures and recordings; return what was new, in words."""
        for name, data in self.package.media("images").items():
            self.images[name] = self.uploads.image(name, data, self._about("images", name))
        for name, data in self.package.media("recordings").items():
            self.recordings[name] = self.uploads.recording(name, data, self._about("recordings", name))
        new = [f"新放进来的文件：{item.title}" for item in self.uploads.written]
        return new + [f"修改文件的说明：{item.title}" for item in self.uploads.described]

    def image(self, name) -> int | None:
        """Return the picture's row number."""
        return self._pk("images", self.images, name)

    def recording(self, name) -> int | None:
        """Return the recording's row number."""
        return self._pk("recordings", self.recordings, name)

    def shared_step(self, key) -> int | None:
        """Return the shared step's row number: one of this package, or one that is on line already."""
        self.asked.add(f"shared-steps/{key}.yaml")
        step = SharedStep.objects.filter(key=key).first()
        return step.pk if step else None

    def never_asked_for(self) -> list[str]:
        """Return the package's files that nothing in it names; exporting would lose them."""
        folders = ("images/", "recordings/", "shared-steps/")
        return [name for name in self.package.files if name.startswith(folders) and name not in self.asked]

    def _about(self, folder: str, name: str) -> dict[str, str]:
        return {part: words.tidy(text) for part, text in self.package.about[folder].get(name, {}).items()}

    def _pk(self, folder: str, items: dict, name) -> int | None:
        self.asked.add(f"{folder}/{name}")
        item = items.get(name)
        return item.pk if item else None
