import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

import presence.routing

os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'presence_site.settings')

application = ProtocolTypeRouter({
    'http': get_asgi_application(),
    'websocket': AuthMiddlewareStack(URLRouter(presence.routing.websocket_urlpatterns)),
})
