"""Content checks on what is in the database: one page, or everything there is."""

from cms.services.checking.sheets import Sheet, check_all, check_one

__all__ = ["Sheet", "check_all", "check_one"]
