"""What the Django of this environment does with entries of CSRF_TRUSTED_ORIGINS.

usage: origins.py    (reads {"entries": [...], "origins": [...]} from stdin)

Prints, for each entry, {"entry", "checked": whether 4_0.E001 refuses it, "trusts": the origins it lets pass}. The app's own host is
none of them.
"""

import json
import sys

import django
from django.conf import settings

settings.configure(ALLOWED_HOSTS=["own.invalid"], CSRF_TRUSTED_ORIGINS=[])
django.setup()

from django.core.checks.compatibility.django_4_0 import check_csrf_trusted_origins  # noqa: E402
from django.middleware.csrf import CsrfViewMiddleware  # noqa: E402
from django.test import RequestFactory  # noqa: E402

asked = json.load(sys.stdin)
for entry in asked["entries"]:
    settings.CSRF_TRUSTED_ORIGINS = [entry]
    middleware = CsrfViewMiddleware(lambda request: None)
    trusts = []
    for origin in asked["origins"]:
        request = RequestFactory().post("/", HTTP_HOST="own.invalid", HTTP_ORIGIN=origin)
        if middleware._origin_verified(request):
            trusts.append(origin)
    print(json.dumps({"entry": entry, "checked": bool(check_csrf_trusted_origins(None)), "trusts": trusts}))
