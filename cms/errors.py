"""The ways our own operations can be refused, each with a message in plain Chinese."""


class ContentError(Exception):
    """Something in the content stands in the way; the message says where and how to mend it."""


class PageIsFixed(ContentError):
    """A page of the fixed set was about to be deleted, moved or taken off line."""

    def __init__(self, title: str):
        super().__init__(f"“{title}”是固定的页面，不能删，不能搬，也不能下线。里面的字可以改。")


class SharedStepInUse(ContentError):
    """A shared step that pages still show cannot be deleted or taken off line.

    ``pages`` are the titles of those pages.
    """

    def __init__(self, title: str, pages: list[str]):
        self.pages = pages
        super().__init__(
            f"“{title}”还用在这些页面里：{'、'.join(pages)}。先到这些页面里把它换掉或删掉，再来删这一步。"
        )


class UploadInUse(ContentError):
    """A picture or file that pages or shared steps use cannot be deleted. ``users`` are their titles."""

    def __init__(self, title: str, users: list[str]):
        self.users = users
        super().__init__(f"“{title}”还用在：{'、'.join(users)}。先到那里换掉或删掉，再来删它。")


class PackageError(ContentError):
    """A content package that cannot be imported.

    ``problems`` are all that was found, each with file, line (where there is one) and reason.
    """

    def __init__(self, problems: list[str]):
        self.problems = problems
        super().__init__("\n".join(problems))


class FeedbackRefused(ContentError):
    """What a reader said about a step could not be kept; the message is for that reader.

    ``too_many``: there was too much of it.
    """

    def __init__(self, message: str, *, too_many: bool = False):
        self.too_many = too_many
        super().__init__(message)


class PackageMoved(ContentError):
    """Since the preview somebody changed the content: the import would do something else than was agreed to."""

    def __init__(self):
        super().__init__("预览以后，网站上的内容又有人改过。请再看一遍，再装入。")
