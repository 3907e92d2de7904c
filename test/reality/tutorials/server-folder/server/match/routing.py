from django.urls import path

from .consumers import MatchConsumer

websocket_urlpatterns = [
    path('ws/match/', MatchConsumer.as_asgi()),
]
