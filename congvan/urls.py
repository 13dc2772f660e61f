"""All addresses of the portal. Paths are Vietnamese without diacritics, names are those of the views."""

from django.contrib import admin
from django.urls import include, path

from congvan import gallery, health, metrics, state

urlpatterns = [
    path("health/live", health.health_live, name="health_live"),
    path("health/ready", health.health_ready, name="health_ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("tinh-trang/", state.system_state, name="system_state"),
    path("quan-tri/", admin.site.urls),
    path("kieu-mau/", gallery.gallery, name="gallery"),
    path("", include("agencies.urls")),
    path("", include("directives.urls")),
    path("", include("reports.urls")),
]
