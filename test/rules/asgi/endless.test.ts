import { describe, expect, it } from 'vitest'
import { consumer, models, told } from './sound.ts'

const others = `
async def chat_message(self, event):
    await self.send_json({'text': event['text']})

async def step(self):
    if self.closing:
        raise StopConsumer()
    await asyncio.sleep(1)
`
const say = `from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

def say(room, text):
    async_to_sync(get_channel_layer().group_send)('chat_' + room, {'type': 'chat.message', 'text': text})
`
/** What is told of a consumer whose `receive_json` has this body. */
const of = (body: string, more = '') =>
  told({
    'chat/models.py': models,
    'chat/say.py': say,
    'chat/consumers.py': consumer(
      `async def receive_json(self, content):\n${body.replace(/^(?=.)/gm, '    ')}\n${others}${more}`,
      'import sys\nfrom contextlib import suppress\nfrom channels.exceptions import StopConsumer\n',
    ),
  })
const endless = [expect.stringMatching(/^asgi\/blocking-call chat\/consumers\.py .*never comes out of this loop/)]
const tick = 'while True:\n    await self.send_json({})\n    await asyncio.sleep(1)'
const inside = (head: string, body: string, foot = '') => `${head}\n${body.replace(/^/gm, '    ')}\n${foot}`

describe('a loop without an end', () => {
  it.each([
    ['alone', tick],
    ['in a try that catches nothing', inside('try:', tick, 'finally:\n    self.done = True')],
    [
      'in a try for the cancellation that does not come',
      inside('try:', tick, 'except asyncio.CancelledError:\n    pass'),
    ],
    [
      'in a try, and catches everything itself',
      inside(
        'try:',
        'while True:\n    try:\n        await self.send_json({})\n    except Exception:\n        pass',
        'except ValueError:\n    pass',
      ),
    ],
    [
      'in a try, and does nothing that raises',
      inside('try:', `${tick}\n    n += 1`, 'except Exception as error:\n    print(error)'),
    ],
    ['in a connection', inside('async with redis.client() as client:', tick)],
    [
      'over what is published',
      'pubsub = self.redis.pubsub()\nasync for message in pubsub.listen():\n    await self.send_json({})',
    ],
    ['with a break of another loop', 'while True:\n    for x in content:\n        break\n    await asyncio.sleep(1)'],
  ])('is told: %s', (_, body) => {
    expect(of(body)).toEqual(endless)
  })

  it.each([
    [
      'left by an exception that is caught around it',
      inside(
        'try:',
        'while True:\n    await self.send_json(self.queue.get_nowait())',
        'except asyncio.QueueEmpty:\n    pass',
      ),
    ],
    [
      'left by an index that is out of range',
      inside(
        'try:',
        'while True:\n    await self.send_json({"line": lines[n]})\n    n += 1',
        'except IndexError:\n    pass',
      ),
    ],
    ['left by a division', inside('try:', 'while True:\n    n = 10 // (3 - n)', 'except ZeroDivisionError:\n    pass')],
    [
      'left by an exception that a caller catches',
      'try:\n    await self.drain()\nexcept asyncio.QueueEmpty:\n    pass',
    ],
    ['only come to after an exception', inside('try:\n    await self.step()\nexcept ValueError:', tick)],
    ['left by an exception that is passed over', inside('with suppress(asyncio.QueueEmpty):', tick)],
    ['limited in time', inside('async with asyncio.timeout(5):', tick)],
    ['left by a context of the project', inside('with until_closed(self):', tick)],
    ['left by an assertion', 'while True:\n    await asyncio.sleep(1)\n    assert self.open'],
    ['left with the process', 'while True:\n    await asyncio.sleep(1)\n    if self.gone:\n        sys.exit(1)'],
    ['left by what a helper raises', 'while True:\n    await self.step()'],
    ['left by a time limit inside', 'while True:\n    await asyncio.wait_for(self.queue.get(), 30)'],
    ['left by the end of what it awaits', 'while True:\n    await self.reader\n    await asyncio.sleep(1)'],
    [
      'left by a break of its own, behind another loop',
      'while True:\n    for x in content:\n        pass\n    else:\n        break\n    await asyncio.sleep(1)',
    ],
    ['over a stream that ends', 'async for line in self.bot.listen():\n    await self.send_json({})'],
    [
      'over a subscription that it ends',
      'pubsub = self.redis.pubsub()\nasync for message in pubsub.listen():\n    await pubsub.unsubscribe()',
    ],
    [
      'cancelled by a timer',
      `task = asyncio.current_task()\nasyncio.get_running_loop().call_later(60, task.cancel)\n${tick}`,
    ],
    ['waited for a while only', 'await asyncio.wait_for(self.drain(), 5)'],
    ['in a task', 'self.task = asyncio.create_task(self.drain())'],
    [
      'ended by a callback',
      'def stop():\n    self.running = False\nself.source.on_end(stop)\nwhile self.running:\n    await asyncio.sleep(1)',
    ],
  ])('is not told: %s', (_, body) => {
    expect(of(body, drain)).toEqual([])
  })

  it('is not told where the flag is cleared from outside of the class', () => {
    const more = `async def connect(self):\n    self.running = True\n    await self.accept()\nasync def disconnect(self, code):\n    self.running = False\n`
    const body = 'while self.running:\n    await asyncio.sleep(1)'
    expect(of(body, more)).toEqual(endless)
    const files = {
      'chat/models.py': models,
      'chat/say.py': `${say}\ndef stop(consumer):\n    consumer.running = False\n`,
      'chat/consumers.py': consumer(
        `async def receive_json(self, content):\n${body.replace(/^/gm, '    ')}\n${others}${more}`,
      ),
    }
    expect(told(files)).toEqual([])
  })
})

const drain = `
async def drain(self):
    while True:
        await self.send_json(self.queue.get_nowait())
`
