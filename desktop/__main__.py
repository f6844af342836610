"""Start the desktop application."""

import sys

from desktop.app.start import main

if __name__ == "__main__":
    sys.exit(main())
