from django.urls import path

from .consumers import ScoreConsumer

websocket_urlpatterns = [
    path('ws/scores/', ScoreConsumer.as_asgi()),
]
