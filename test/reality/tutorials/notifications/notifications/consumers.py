import json

from channels.generic.websocket import AsyncWebsocketConsumer


class NotificationConsumer(AsyncWebsocketConsumer):
    async def connect(self):
        await self.channel_layer.group_add('notifications', self.channel_name)
        await self.accept()

    async def disconnect(self, code):
        await self.channel_layer.group_discard('notifications', self.channel_name)

    async def receive(self, text_data):
        message = json.loads(text_data)['message']
        await self.channel_layer.group_send('notifications', {'type': 'push', 'message': message})

    async def push(self, event):
        await self.send(text_data=json.dumps({'message': event['message']}))
