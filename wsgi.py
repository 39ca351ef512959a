"""What servers and `flask` import: the application."""

import sys

from teamhub import create_app
from teamhub.core.settings import UnsafeSettings

try:
    app = create_app()
except UnsafeSettings as unsafe:
    # A plain list, not a traceback: whoever sets up a server reads it. `flask check` ends here too.
    sys.exit("\n".join(f"- {problem}" for problem in str(unsafe).split("; ")))
