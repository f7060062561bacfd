"""The import contracts of pyproject.toml hold (each floor is explained there)."""

import subprocess
import sys

from tests.architecture.sources import ROOT


def lint_imports(*arguments: str, cwd=ROOT) -> subprocess.CompletedProcess:
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", program, "--no-cache", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_every_contract_is_kept():
    result = lint_imports()
    assert result.returncode == 0, result.stdout[result.stdout.find("Contracts\n") :]
    assert "0 broken" in result.stdout


def test_a_file_on_no_floor_breaks_the_contract(tmp_path):
    """The control: the contract is really exhaustive."""
    for app in ("cms", "courses", "handbook"):
        for name in ("__init__", "apps", "models"):
            (tmp_path / app).mkdir(exist_ok=True)
            (tmp_path / app / f"{name}.py").touch()
    (tmp_path / "cms" / "utils.py").touch()
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    floors = config[config.index("[tool.importlinter]") : config.index("# Screens can be read")]
    ignored = "ignore_imports"
    kept = "\n".join(line for line in floors.splitlines() if not line.startswith(ignored))
    (tmp_path / "pyproject.toml").write_text(kept, encoding="utf-8")
    result = lint_imports(cwd=tmp_path)
    assert result.returncode != 0
    assert "utils" in result.stdout
