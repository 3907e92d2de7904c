"""Routers and paths at random, resolved by the real URLRouter of the environment this runs in.

usage: router.py SEED COUNT    (prints one JSON object per line)

A router is a list of routes; a route is {"type", "text", "to"}, where "to" is a name (an endpoint) or {"routes": [...]} (a nested
URLRouter) or {"wrapped": [...]} (a URLRouter behind a middleware, which Channels cannot see through). "found" is the name of the
endpoint that the path reaches, null when there is none, and {"error": ...} when the router cannot be built.
"""

import asyncio
import json
import random
import re
import sys

import django
from django.conf import settings

settings.configure(USE_I18N=False, DEFAULT_CHARSET="utf-8")
django.setup()

from channels.routing import URLRouter  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.urls import path, re_path  # noqa: E402

WORDS = ["ws", "chat", "room", "notifications", "live", "game", "api", "v1"]
CONVERTERS = ["<int:id>", "<str:name>", "<slug:slug>", "<uuid:key>", "<path:rest>", "<name>"]
GROUPS = [
    r"(?P<name>\w+)", r"(?P<id>\d+)", r"(?P<name>[^/]+)", r"(?P<slug>[-\w]+)", r"(\w+)", r"(?P<name>[a-z0-9_-]{2,8})", r"(?P<name>.+)",
    r"(?P<kind>public|private)", r"(?:v\d/)?", r"(?P<name>\w{1,5}?)", r"[A-Za-z]+", r"(?P<code>[A-F0-9]{4})", r".*", r"(?i:x)?", r"(?P<name>[\w.@+-]+)",
]
SEGMENTS = ["ws", "chat", "room", "notifications", "live", "game", "api", "v1", "42", "lobby", "a-b", "Ab_9", "7f", "public", "é", "x.y",
            "0c9fa6e6-5b0f-4a3e-9c9b-2f1f4a1d7b11", "BEEF", "", "user@example.org"]


class Found(Exception):
    pass


def endpoint(name):
    async def application(scope, receive, send):
        raise Found(name)

    return application


class Middleware:
    def __init__(self, inner):
        self.inner = inner

    async def __call__(self, scope, receive, send):
        return await self.inner(dict(scope), receive, send)


def random_route(rng, depth, names):
    kind = rng.choice(["path", "path", "re_path", "re_path", "re_path"])
    nests = depth < 2 and rng.random() < 0.25
    pieces = []
    for _ in range(rng.randint(1, 3)):
        if rng.random() < 0.45:
            pieces.append(rng.choice(CONVERTERS if kind == "path" else GROUPS))
        else:
            pieces.append(rng.choice(WORDS))
    text = "/".join(pieces) + rng.choice(["/", "/", ""])
    if kind == "re_path":
        text = rng.choice(["^", "^", "", "^/", r"\A"]) + text + ("" if nests and rng.random() < 0.8 else rng.choice(["$", "$", "", r"\Z", "/?$"]))
    elif rng.random() < 0.05:
        text = "/" + text
    if rng.random() < 0.03:
        text = rng.choice(["(", "[a-", "*ws", r"\q", "ws/<int:1x>/", "(?P<a>x)(?P<a>y)", "a**", "x{3,1}", "(?P<1>a)", "(?<n>a)"])
    if nests:
        inner = [random_route(rng, depth + 1, names) for _ in range(rng.randint(1, 2))]
        to = {"routes": inner} if rng.random() < 0.75 else {"wrapped": inner}
    else:
        to = f"c{len(names)}"
        names.append(to)
    return {"type": kind, "text": text, "to": to}


def build(route):
    to = route["to"]
    if isinstance(to, str):
        callback = endpoint(to)
    elif "routes" in to:
        callback = URLRouter([build(inner) for inner in to["routes"]])
    else:
        callback = Middleware(URLRouter([build(inner) for inner in to["wrapped"]]))
    made = (path if route["type"] == "path" else re_path)(route["text"], callback)
    # Patterns are compiled when they are first used: here, so that an error is met whatever the path.
    made.pattern.regex.search("")
    return made


def random_path(rng, routes):
    """Often one that has a chance: the text of a route with its holes filled."""
    parts = []
    while routes and rng.random() < 0.8:
        route = rng.choice(routes)
        text = re.sub(r"<[^>]*>|\((?:[^()]|\([^()]*\))*\)\??|\[[^\]]*\]\+?|\\[AZ]|\.\*|[\^$]|/\?", lambda m: fill(rng, m.group()), route["text"])
        parts.append(text)
        to = route["to"]
        if isinstance(to, str):
            break
        routes = to.get("routes") or to.get("wrapped")
    text = "".join(parts) if parts else "/".join(rng.choice(SEGMENTS) for _ in range(rng.randint(1, 4))) + rng.choice(["/", ""])
    if rng.random() < 0.2:
        text = text.rstrip("/") if rng.random() < 0.5 else text + rng.choice(["/", "x", "/more/"])
    return "/" + text if rng.random() < 0.95 else "//" + text


def fill(rng, hole):
    if hole in ("^", "$", "\\A", "\\Z"):
        return ""
    if hole == "/?":
        return rng.choice(["", "/"])
    return rng.choice(SEGMENTS)


async def resolve(router, text):
    try:
        await router({"type": "websocket", "path": text}, None, None)
    except Found as found:
        return found.args[0]
    except Exception as error:
        if type(error).__name__ in ("ValueError", "Resolver404"):
            return None
        raise
    return None


def main(seed, count):
    rng = random.Random(seed)
    for _ in range(count):
        names = []
        routes = [random_route(rng, 0, names) for _ in range(rng.randint(1, 4))]
        try:
            router = URLRouter([build(route) for route in routes])
        except (ImproperlyConfigured, re.error) as error:
            print(json.dumps({"routes": routes, "path": "/", "found": {"error": str(error)}}))
            continue
        text = random_path(rng, routes)
        print(json.dumps({"routes": routes, "path": text, "found": asyncio.run(resolve(router, text))}))


main(int(sys.argv[1]), int(sys.argv[2]))
