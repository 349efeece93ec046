"""Run the quality report."""

from tests.quality.report import main

main()
