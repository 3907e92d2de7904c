import { describe, expect, it } from 'vitest'
import { broughtValues } from '../../../src/app/asgi/unfit-values.ts'
import { project } from './support.ts'

/** The dicts whose keys cannot be read again, in a message with this tally; `body`: of the method that makes it. */
function keys(tally: string, body = 'return {}'): string[] {
  const files = {
    'chat/models.py': `from collections import Counter
from django.db import models
from django.db.models import Count
class Poll(models.Model):
    def tally(self):
        ${body}
class Option(models.Model):
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name='options')
    text = models.CharField(max_length=80)
class Tag(models.Model):
    name = models.SlugField(primary_key=True)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE)
class Base(models.Model):
    number = models.PositiveIntegerField(primary_key=True)
    class Meta:
        abstract = True
class Part(Base):
    poll = models.ForeignKey('Poll', on_delete=models.CASCADE)
`,
    'chat/publish.py': `from channels.layers import get_channel_layer
async def changed(pk, tally):
    await get_channel_layer().group_send(f'poll.{pk}', {'type': 'tally', 'tally': tally})
`,
    'chat/consumers.py': `import json
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from .models import Option, Part, Poll, Tag
from .publish import changed
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def receive_json(self, content):
        poll = await Poll.objects.aget(pk=1)
        await changed(1, ${tally})
    @database_sync_to_async
    def counted(self):
        return Poll.objects.get(pk=1).tally()
    async def tally(self, event):
        pass
`,
  } as const
  const app = project(files)
  return broughtValues(app)
    .filter(({ type }) => type === 'number as a key')
    .map(({ at }) => files[at.file as keyof typeof files].slice(at.span.start, at.span.end))
}

describe('keys that are no texts', () => {
  it.each([
    ['poll.tally()', "return {one.pk: 1 for one in self.options.annotate(count=Count('votes'))}"],
    ['await self.counted()', 'return {one.id: one.text for one in self.options.all()}'],
    ['poll.tally()', 'return {one.pk: 1 for one in Option.objects.filter(poll=self)}'],
    ['poll.tally()', "return {pk: text for pk, text in self.options.values_list('pk', 'text')}"],
    ['poll.tally()', "return dict(self.options.values_list('id', 'text'))"],
    ['poll.tally()', 'return {one.pk: 1 for one in self.part_set.all()}'],
    ['poll.tally()', 'rows = self.options.all()\n        return {one.pk: 1 for one in rows}'],
    [
      'poll.tally()',
      'found = {}\n        for one in self.options.all():\n            found[one.pk] = 1\n        return found',
    ],
    [
      'poll.tally()',
      'found = Counter()\n        for one in self.options.all():\n            found[one.pk] += 1\n        return found',
    ],
    ['poll.tally()', "return {'all': 3, 'by': {one.pk: 1 for one in self.options.all()}}"],
    ["{'of': {poll.pk: poll.tally()}}", ''],
    ['{one.pk: 1 async for one in Option.objects.all()}', ''],
  ])('%s: %s', (tally, body) => expect(keys(tally, body || undefined)).toHaveLength(1))

  it.each([
    ['poll.tally()', 'return {str(one.pk): 1 for one in self.options.all()}'],
    ['poll.tally()', 'return {one.text: 1 for one in self.options.all()}'],
    ['poll.tally()', "return {text: pk for text, pk in self.options.values_list('text', 'pk')}"],
    ['poll.tally()', "return dict(self.options.values_list('text', 'pk'))"],
    ['poll.tally()', 'return {one.pk: 1 for one in self.tag_set.all()}'],
    ['poll.tally()', "return [{'id': one.pk} for one in self.options.all()]"],
    ['poll.tally()', 'return list({one.pk: 1 for one in self.options.all()}.items())'],
    [
      'poll.tally()',
      'found = [0] * 9\n        for one in self.options.all():\n            found[one.pk] = 1\n        return found',
    ],
    [
      'poll.tally()',
      "if self.pk:\n            return {'a': 1}\n        return {one.pk: 1 for one in self.options.all()}",
    ],
    ['json.dumps(poll.tally())', 'return {one.pk: 1 for one in self.options.all()}'],
    ['poll.tally()', 'return {one.pk: 1 for one in self.unknown.all()}'],
    ["{'of': {f'{poll.pk}': 1}}", ''],
  ])('%s: %s is silent', (tally, body) => expect(keys(tally, body || undefined)).toEqual([]))

  it('says where the dict stands', () => {
    const body = 'return {one.pk: 1 for one in self.options.all()}'
    expect(keys('await self.counted()', body)).toEqual(['{one.pk: 1 for one in self.options.all()}'])
  })
})
