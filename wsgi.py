"""What servers and `flask` import: the application."""

import gc
import sys
from importlib import import_module

# All that is made here is kept, and looking through it for garbage again and again takes a third of the
# time. What is kept is then set aside: no later look goes through it, and forked processes share it.
gc.disable()
create_app = import_module("teamhub").create_app
UnsafeSettings = import_module("teamhub.core.settings").UnsafeSettings

try:
    app = create_app()
except UnsafeSettings as unsafe:
    # A plain list, not a traceback: whoever sets up a server reads it. `flask check` ends here too.
    sys.exit("\n".join(f"- {problem}" for problem in str(unsafe).split("; ")))

gc.freeze()
gc.enable()
