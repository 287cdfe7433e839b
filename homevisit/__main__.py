"""Start the command line with ``python -m homevisit``."""

from homevisit.cli.main import main

main()
