#!/usr/bin/env python
"""The command line of Common Purse. Starts the embedded database and broker where a command needs them."""

import os
import sys

from django.core.management import execute_from_command_line

from commonpurse.embedded.children import UnableToStart
from commonpurse.embedded.commands import servers_for
from commonpurse.embedded.programs import UnableToFindProgram


def main() -> None:
    """Run one management command, with servers for as long as it runs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonpurse.settings")
    try:
        with servers_for(sys.argv):
            execute_from_command_line(sys.argv)
    except (UnableToFindProgram, UnableToStart) as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
