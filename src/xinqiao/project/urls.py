"""Every address of the house. A new one needs a row in the permission matrix (``tests/access``), or its test fails."""

from django.conf import settings
from django.urls import include, path

from xinqiao.api.views import api
from xinqiao.project import probes

urlpatterns = [
    path("", include("xinqiao.portal.urls")),
    path("", include("xinqiao.desk.sign_in_urls")),
    path("desk/", include("xinqiao.desk.urls")),
    path("settings/", include("xinqiao.components.urls")),
    path("api/v1/", api.urls),
    path(".well-known/xinqiao-keys.json", probes.published_keys),
    path("healthz", probes.healthz),
    path("readyz", probes.readyz),
    path("metrics", probes.metrics),
]
if settings.DEBUG:
    urlpatterns.append(path("", include("xinqiao.components.gallery")))

handler400 = "xinqiao.components.views.bad_request"
handler403 = "xinqiao.components.views.permission_denied"
handler404 = "xinqiao.portal.pages.page_not_found"
handler500 = "xinqiao.components.views.server_error"
