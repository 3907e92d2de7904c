"""Says over HTTP and over WebSocket which scheme the server put into the scope."""


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return
    scheme = scope.get("scheme", "?")
    if scope["type"] == "http":
        body = scheme.encode()
        headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": scheme})
    while (await receive())["type"] != "websocket.disconnect":
        pass


app = application
channel_layer = None


def create_app():
    return application
