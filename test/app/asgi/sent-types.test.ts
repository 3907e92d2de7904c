import { expect, it } from 'vitest'
import { project } from './support.ts'

const events = `import enum
from django.db import models
PREFIX = 'chat.'
class Plain(enum.Enum):
    ADDED = 'chat.added'
class Text(str, enum.Enum):
    ADDED = 'chat.added'
@enum.unique
class Str(enum.StrEnum):
    ADDED = 'chat.added'
class Choice(models.TextChoices):
    ADDED = 'chat.added', 'Added'
class Names:
    ADDED = PREFIX + 'added'
class Made(str, enum.Enum):
    ADDED = 'added'
    def __new__(cls, name):
        return str.__new__(cls, f'chat.{name}')
`

/** The type of a message whose type is written like that; undefined: it is not known. */
function typed(written: string): string | undefined {
  const live = `from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from . import events
from .events import PREFIX, Choice, Made, Names, Plain, Str, Text
def say(text):
    async_to_sync(get_channel_layer().group_send)('lobby', {'type': ${written}, 'text': text})
`
  const app = project({ 'chat/events.py': events, 'chat/live.py': live })
  return app.asgi.usesLayer.find(({ kind }) => kind === 'group_send')?.type?.text
}

it('knows the type that a member of an enumeration is, or that its value is', () => {
  for (const name of ['Text.ADDED', 'Str.ADDED', 'Choice.ADDED', 'Names.ADDED', 'events.Text.ADDED'])
    expect([name, typed(name)]).toEqual([name, 'chat.added'])
  for (const name of ['Plain', 'Text', 'Str', 'Choice', 'events.Plain'])
    expect([name, typed(`${name}.ADDED.value`)]).toEqual([name, 'chat.added'])
})

it('knows what is put together of constants', () => {
  for (const written of [
    'PREFIX + "added"',
    'f"{PREFIX}added"',
    'f"{Str.ADDED}"',
    'str(Choice.ADDED)',
    'f"{Text.ADDED.value}"',
  ])
    expect([written, typed(written)]).toEqual([written, 'chat.added'])
})

it('does not know what Python makes of a member, or what makes its own', () => {
  for (const written of [
    'Plain.ADDED',
    'str(Text.ADDED)',
    'f"{Text.ADDED}"',
    'Made.ADDED',
    'Made.ADDED.value',
    'Names.ADDED.value',
    'f"{text}.added"',
    'Text.ADDED.name',
  ])
    expect([written, typed(written)]).toEqual([written, undefined])
})
