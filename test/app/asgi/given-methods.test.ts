import { expect, it } from 'vitest'
import { isHandled } from '../../../src/app/asgi/message-faults.ts'
import { project } from './support.ts'

it.each<[string, boolean]>([
  [`self.message = content['text']`, false],
  ['self.message = None', false],
  ['self.message = f"{content}"', false],
  ['self.message = self.send_json', true],
  ['self.message = told', true],
  ['self.message = lambda event: None', true],
  ['self.message = partial(told, self)', true],
  ['self.message = self.send_json if content else self.close', true],
  ['self.message = content.handler or None', true],
  [`self.message = content['text'] if content else None`, false],
  [`self.message = content['text'] or ''`, false],
])('a consumer with %s handles a message: %s', (statement, expected) => {
  const app = project({
    'chat/consumers.py': `from channels.generic.websocket import AsyncJsonWebsocketConsumer
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        ${statement}
`,
  })
  expect(isHandled(app, 'message')).toBe(expected)
})
