"""Consumers that fail on demand: what the client sends says how."""
import asyncio

from channels.generic.websocket import AsyncWebsocketConsumer
from channels.layers import get_channel_layer

from chat.models import Thing


class Probe(AsyncWebsocketConsumer):
    async def receive(self, text_data=None, bytes_data=None):
        await getattr(self, "do_" + text_data)()

    async def do_group(self):
        await self.channel_layer.group_add("room", self.channel_name)
        await self.channel_layer.group_send("room", {"type": "chat.message"})

    async def do_layer(self):
        await get_channel_layer().group_send("room", {"type": "chat.message"})

    async def do_handler(self):
        await self.channel_layer.group_add("room", self.channel_name)
        await self.channel_layer.group_send("room", {"type": "chat.massage"})

    async def do_name(self):
        await self.channel_layer.group_add("room é", self.channel_name)

    async def do_channel(self):
        await self.channel_layer.send("channel é", {"type": "chat.message"})

    async def do_forget(self):
        self.channel_layer.group_send("room", {"type": "chat.message"})

    async def do_orm(self):
        print(list(Thing.objects.all()))

    async def do_full(self):
        for _ in range(200):
            await self.channel_layer.send("somebody", {"type": "chat.message"})

    async def do_fullgroup(self):
        await self.channel_layer.group_add("room", "specific.abc!def")
        for _ in range(200):
            await self.channel_layer.group_send("room", {"type": "chat.message"})

    async def do_wait(self):
        while True:
            try:
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                continue

    async def do_key(self):
        {}["room"]

    async def do_exit(self):
        pass

    async def chat_message(self, event):
        await self.send("got it")


class HangingConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        await asyncio.sleep(30)


class RejectingConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        await self.close()
