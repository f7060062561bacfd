from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who logs in: staff only. Learners never have an account.

    Of our own from the start because Django cannot exchange the user table later.
    """

    shown_to_readers = False

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"

    @property
    def called(self) -> str:
        """What colleagues call them: the name, or what they log in with where nobody has written one."""
        return self.get_full_name() or self.get_username()
