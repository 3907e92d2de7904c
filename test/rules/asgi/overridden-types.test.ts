import { describe, expect, it } from 'vitest'
import { overriddenTypes } from '../../../rules/asgi/handler-missing/overridden-types.ts'
import { project } from '../../app/asgi/support.ts'

/** What brings another type to the message of a consumer whose `receive_json` has these statements, and the corrected line. */
function told(body: string, before = ''): { readonly through: string; readonly fixed: string | undefined }[] {
  const app = project({
    'chat/consumers.py': `from channels.generic.websocket import AsyncJsonWebsocketConsumer
${before}
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
${body.replace(/^(?=.)/gm, '        ')}
    async def chat_message(self, event):
        await self.send_json(event)
`,
  })
  return overriddenTypes(app).map(({ through, edits }) => ({
    through,
    fixed: edits?.map(({ text }) => text).join(''),
  }))
}

const send = `await self.channel_layer.group_send('chat', {'type': 'chat.message', **content})`

describe('what a browser sent, behind the type', () => {
  it.each([
    `if set(content) != {'text'}:\n    return\n${send}`,
    `if content.keys() - {'text'}:\n    return\n${send}`,
    `extra = content.keys() - {'text'}\nif extra:\n    return\n${send}`,
    `if len(content) != 1 or not content.get('text'):\n    return\n${send}`,
    `self.check(content)\n${send}`,
    `for key in content:\n    self.check(key)\n${send}`,
  ])('is not told where its keys are looked at: %s', (body) => expect(told(body)).toEqual([]))

  it.each([
    send,
    `if not content.get('text'):\n    return\n${send}`,
    `if not content:\n    return\n${send}`,
    `text = content['text']\nprint(content)\n${send}`,
    `${send}\nself.check(content)`,
  ])('is told otherwise: %s', (body) => expect(told(body).map(({ through }) => through)).toEqual(['content']))
})

describe('the type behind all others', () => {
  const payload = `def payload(text):\n    return {'type': 'message', 'text': text}\n`
  const sent = (last: string) =>
    `await self.channel_layer.group_send('chat', {'type': 'chat.message', **payload('a')${last}})`

  it.each(['', `, 'room': 'lobby'`, `, 'room': 'lobby',`])('is written there: %s', (last) => {
    expect(told(sent(last), payload).map(({ fixed }) => fixed)).toEqual([`, 'type': 'chat.message'`])
  })

  const banner = '#'.repeat(40)
  it(`is written behind comments`, () => {
    const last = `, 'room': 'lobby',  # ${banner}\n  # ${banner}\n`
    expect(told(sent(last), payload).map(({ fixed }) => fixed)).toEqual([`, 'type': 'chat.message'`])
  })

  it.each([`, 'room': (content.get('room') or 'lobby')`, `, **(other)`, `, 'room': ('lobby'  # ${banner}\n)`])(
    'is left to its author behind a parenthesis: %s',
    (last) => expect(told(sent(last), payload).map(({ fixed }) => fixed)).toEqual([undefined]),
  )
})
