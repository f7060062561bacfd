"""Pages and tables of the ground floor."""

from cms.models.audit import AuditEntry
from cms.models.change_note import ChangeNote, NotedPage
from cms.models.codes import CodedPage, StableCode
from cms.models.drawn_screen import DrawnScreen
from cms.models.feedback import StepFeedback
from cms.models.fixed import FixedPage
from cms.models.home import HomePage
from cms.models.jargon import JargonWord
from cms.models.media import ContentDocument, ContentImage, ContentRendition
from cms.models.package_task import PackageTask
from cms.models.pages import BasePage, CheckedContent, NotPublishable, neighbours, recommended, siblings
from cms.models.review import ReviewTask
from cms.models.scenario import ScenarioIndexPage, ScenarioPage
from cms.models.shared_step import SharedStep
from cms.models.site_settings import SiteSettings
from cms.models.standard import StandardPage
from cms.models.user import User

__all__ = [
    "AuditEntry",
    "BasePage",
    "ChangeNote",
    "CheckedContent",
    "CodedPage",
    "ContentDocument",
    "ContentImage",
    "ContentRendition",
    "DrawnScreen",
    "FixedPage",
    "HomePage",
    "JargonWord",
    "NotPublishable",
    "NotedPage",
    "PackageTask",
    "ReviewTask",
    "ScenarioIndexPage",
    "ScenarioPage",
    "SharedStep",
    "SiteSettings",
    "StableCode",
    "StandardPage",
    "StepFeedback",
    "User",
    "neighbours",
    "recommended",
    "siblings",
]
