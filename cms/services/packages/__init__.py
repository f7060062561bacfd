"""Content packages: a module or a handbook as a folder or zip of YAML and pictures, in and out without loss.

The format is described in docs/designers/内容包.md.
"""

from cms.services.packages.exporting import export_package
from cms.services.packages.importing import import_package, is_there
from cms.services.packages.report import ImportReport

__all__ = ["ImportReport", "export_package", "import_package", "is_there"]
