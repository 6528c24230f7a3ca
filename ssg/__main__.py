"""`python -m ssg`: the same as the command `ssg`."""

from ssg.cli import main

main()
