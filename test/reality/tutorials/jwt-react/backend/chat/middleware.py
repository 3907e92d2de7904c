import jwt
from channels.middleware import BaseMiddleware
from django.conf import settings
from urllib.parse import parse_qs


class TokenMiddleware(BaseMiddleware):
    async def __call__(self, scope, receive, send):
        token = parse_qs(scope['query_string'].decode()).get('token', [''])[0]
        try:
            scope['claims'] = jwt.decode(token, settings.SECRET_KEY, algorithms=['HS256'])
        except jwt.PyJWTError:
            scope['claims'] = None
        return await super().__call__(scope, receive, send)
