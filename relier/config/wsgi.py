"""The door for web servers (waitress in an office, gunicorn when served)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relier.config.settings")
application = get_wsgi_application()
