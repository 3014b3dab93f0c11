"""The page's scripts and styles pass biome, the type checker and stylelint, as package-lock.json pins them."""

from __future__ import annotations

import subprocess

import pytest
from view.conftest import ROOT


@pytest.mark.browser
def test_scripts_and_styles_are_checked() -> None:
    done = subprocess.run(["npm", "run", "--silent", "check"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
