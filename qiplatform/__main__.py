"""`python -m qiplatform` is the command line `qiplatform`."""

import sys

from qiplatform.cli import main

if __name__ == "__main__":
    sys.exit(main())
