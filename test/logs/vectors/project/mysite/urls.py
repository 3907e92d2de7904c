from django.http import HttpResponse
from django.templatetags.static import static
from django.urls import path

from chat.models import Thing

urlpatterns = [
    path("", lambda request: HttpResponse("ok")),
    path("things/", lambda request: HttpResponse(str(Thing.objects.count()))),
    path("static/", lambda request: HttpResponse(static("css/site.css"))),
]
