"""What Django's list of password validators needs beyond Django's own."""

from django.contrib.auth.password_validation import MinimumLengthValidator

from cms.enums import AuditVerb
from cms.services.audit import behind_this
from cms.services.log_ins import put_down


class LongEnough(MinimumLengthValidator):
    """Django's, whose sentence has no Chinese."""

    def get_error_message(self):
        return f"密码太短，至少要 {self.min_length} 个字符。"

    def get_help_text(self):
        return f"密码至少要 {self.min_length} 个字符。"


class PutDown:
    """In the list of validators because Django tells those of every password that was set; refuses nothing."""

    def validate(self, password, user=None):
        """Anything will do here; the others have looked at it."""

    def get_help_text(self):
        return ""

    def password_changed(self, password, user=None):
        if user is not None and user.pk:
            put_down(AuditVerb.PASSWORD_SET, user, by=behind_this())
