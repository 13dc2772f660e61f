"""The portal's own settings, made quick and closed off for tests. No .env is read."""

import atexit
import os
import tempfile

os.environ["ENV_FILE"] = os.devnull
os.environ.setdefault("DEBUG", "off")
os.environ.setdefault("SECRET_KEY", "a key for tests that protects nothing at all, 0123456789 abcdefghij")
os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")
os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("REMIND_AT_ANY_TIME", "off")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
# Playwright keeps an event loop in the thread of the tests, which Django's guard takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
_folder = tempfile.TemporaryDirectory(prefix="congvan-tests-")
atexit.register(_folder.cleanup)
os.environ.setdefault("BROKER_DIR", f"{_folder.name}/broker")
os.environ.setdefault("MEDIA_ROOT", f"{_folder.name}/media")

from congvan.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
