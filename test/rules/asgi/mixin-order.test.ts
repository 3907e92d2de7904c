import { describe, expect, it } from 'vitest'
import { mixinsBehind } from '../../../rules/asgi/consumer-signature/behind.ts'
import { project } from '../../app/asgi/support.ts'

const classes = `from channels.generic.websocket import AsyncJsonWebsocketConsumer
class MembersOnly:
    async def connect(self):
        if self.scope['user'].is_anonymous:
            return await self.close()
        await self.accept()
class Presence:
    async def connect(self):
        await self.accept()
    async def disconnect(self, code):
        await self.channel_layer.group_discard('presence', self.channel_name)
class Quiet:
    async def disconnect(self, code):
        self.quiet = True
class Named(AsyncJsonWebsocketConsumer):
    async def connect(self):
        await self.accept()
`

/** The order that is told for a consumer with these bases, and what the correction writes in their place. */
function told(bases: string): (string | undefined)[][] {
  const app = project({ 'chat/consumers.py': `${classes}class ChatConsumer(${bases}):\n    pass\n` })
  return mixinsBehind(app).map(({ order, edits }) => [order, edits?.[0]?.text])
}

describe('where a mixin behind a class of Channels is put', () => {
  it('is directly before it: what checks the visitor in front stays there', () => {
    const order = 'MembersOnly, Presence, AsyncJsonWebsocketConsumer'
    expect(told('MembersOnly, AsyncJsonWebsocketConsumer, Presence')).toEqual([[order, order]])
  })

  it('is told without a correction where it would hide a method of a class that it passes', () => {
    expect(told('Named, Presence')).toEqual([['Presence, Named', undefined]])
    expect(told('Named, Quiet')).toEqual([['Quiet, Named', 'Quiet, Named']])
  })

  it.each(['Named, (Quiet)', '(Named), Quiet', 'Named,  # first\n    Quiet'])(
    'is told without a correction where more than commas stands there: %s',
    (bases) => expect(told(bases).map(([, text]) => text)).toEqual([undefined]),
  )
})
