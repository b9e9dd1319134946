"""The door for web servers (waitress in an office, gunicorn when served)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relier.config.settings")
application = get_wsgi_application()

# What stands for as long as the server does is looked at no more by the collector, which would
# write in it: workers that begin from here keep sharing it.
gc.collect()
gc.freeze()
