import { expect, test } from 'vitest'
import { unhandledTypes, untypedMessages } from '../../../src/app/asgi/message-faults.ts'
import { project } from './support.ts'

const reader = `from channels.layers import get_channel_layer
async def progress(request, room):
    layer = get_channel_layer()
    channel = await layer.new_channel()
    GROUP
    return await layer.receive(channel)
`
const sender = `from channels.layers import get_channel_layer
async def tick(room, reply):
    await get_channel_layer().group_send('progress', {'type': 'progress.step'})
    await get_channel_layer().group_send('chat', {'type': 'chat.step'})
    await get_channel_layer().group_send(f'room_{room}', {'type': 'room.step'})
    await get_channel_layer().group_send('chat', {'text': ''})
    await get_channel_layer().send(reply, {'type': 'reply.step'})
`
const types = (join: string, more = '') => {
  const app = project({
    'chat/views.py': reader.replace('GROUP', join) + more,
    'chat/send.py': sender,
  })
  return [...unhandledTypes(app).map(({ type }) => type), ...untypedMessages(app).map(() => '-')]
}

test.each([
  ["await layer.group_add('progress', channel)", ['chat.step', 'room.step', '-']],
  ["await layer.group_add('room_7', channel)", ['progress.step', 'chat.step', '-']],
  ["await layer.group_add(f'room_{room}', channel)", ['progress.step', 'chat.step', '-']],
  ["await layer.group_add(f'pro{room}', channel)", ['chat.step', 'room.step', '-']],
  ['await layer.group_add(room, channel)', []],
  ['pass', ['progress.step', 'chat.step', 'room.step', '-']],
])('what a view reads itself needs no consumer: %s', (join, told) => {
  expect(types(join)).toEqual(told)
})
