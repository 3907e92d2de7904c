from django.urls import path

from chat.consumers import HangingConsumer, Probe, RejectingConsumer

websocket_urlpatterns = [
    path("ws/chat/", Probe.as_asgi()),
    path("ws/hang/", HangingConsumer.as_asgi()),
    path("ws/reject/", RejectingConsumer.as_asgi()),
]
