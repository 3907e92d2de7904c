import { describe, expect, it } from 'vitest'
import { numericSubjects } from '../../../rules/asgi/websocket-error/numeric-subjects.ts'
import { tuplesAfterIn } from '../../../rules/asgi/websocket-error/tuples-after-in.ts'
import { project, textAt } from '../../app/asgi/support.ts'

const models = `import uuid
from django.db import models
class Visitor(models.Model):
    name = models.TextField()
class Ticket(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
`

/** What is a number as `sub`, of a consumer that reads tokens so. */
function subjects(make: string, read = 'jwt.decode(token, KEY, algorithms=["HS256"])', pyjwt = '2.10.1') {
  const app = project({
    'requirements.txt': `Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\npyjwt==${pyjwt}\n`,
    'chat/models.py': models,
    'chat/tokens.py': `import jwt
from .models import Ticket, Visitor
KEY = 'secret'
${make}
def claims_of(token):
    return ${read}
`,
    'chat/views.py': `from .tokens import make
from .models import Ticket, Visitor
def visit(request):
    return make(Visitor.objects.create(name='a'))
`,
    'chat/consumers.py': `from channels.generic.websocket import AsyncJsonWebsocketConsumer
from .tokens import claims_of
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        self.claims = claims_of(self.scope['query_string'].decode())
        await self.accept()
`,
  })
  return numericSubjects(app).map(({ made }) => textAt(app, made))
}

const made = (subject: string) => `def make(visitor):\n    return jwt.encode({'sub': ${subject}, 'aud': 'x'}, KEY)`

describe('a token whose subject is a number', () => {
  it.each([
    [made('visitor.pk'), 'visitor.pk'],
    [made('int(visitor.name)'), 'int(visitor.name)'],
    [
      `def make(request):\n    claims = {'aud': 'x'}\n    claims['sub'] = request.user.id\n    return jwt.encode(claims, KEY)`,
      'request.user.id',
    ],
    [`def make(user):\n    claims = dict(sub=user.pk)\n    return jwt.encode(payload=claims, key=KEY)`, 'user.pk'],
  ])('is told where a socket reads it: %s', (make, number) => {
    expect(subjects(make)).toEqual([number])
    expect(subjects(make, undefined, '2.9.0')).toEqual([])
    expect(subjects(make, `jwt.decode(token, KEY, ['HS256'], {'verify_sub': False})`)).toEqual([])
    expect(subjects(make, `jwt.decode(token, KEY, algorithms=['HS256'], options={'verify_sub': False})`)).toEqual([])
    expect(subjects(make, `jwt.decode(token, KEY, algorithms=['HS256'], options={'verify_aud': False})`)).toEqual([
      number,
    ])
  })

  it.each([
    [made('str(visitor.pk)')],
    [made(`f'{visitor.pk}'`)],
    [made('visitor.name')],
    [made('Ticket.objects.create().pk')],
    [`${made('visitor.pk')}\ndef other(visitor):\n    return jwt.encode({'sub': str(visitor.pk)}, KEY)`],
    [`def make(visitor):\n    return jwt.encode({'user_id': visitor.pk}, KEY)`],
    [made('visitor.pk').replace('def', 'from jose import jwt\ndef')],
  ])('is none: %s', (make) => {
    expect(subjects(make)).toEqual([])
  })
})

/** The tuples after IN of a consumer with these lines, on this database. */
function tuples(lines: string, { pins = 'psycopg==3.2.9', engine = 'postgresql' } = {}) {
  const app = project({
    'requirements.txt': `Django==5.2.17\nchannels==4.3.2\ndaphne==4.2.2\n${pins}\n`,
    'mysite/settings.py': `INSTALLED_APPS = ['channels', 'chat']
ASGI_APPLICATION = 'mysite.asgi.application'
DATABASES = {'default': {'ENGINE': 'django.db.backends.${engine}', 'NAME': 'x'}}
`,
    'chat/models.py': models,
    'chat/consumers.py': `from channels.generic.websocket import JsonWebsocketConsumer
from django.db import connection, connections
from .models import Visitor
SOME = 'SELECT 1 FROM t WHERE day = %s AND name IN %s'
class ChatConsumer(JsonWebsocketConsumer):
    def receive_json(self, content):
        names = tuple(content['names'])
        with connection.cursor() as cursor:
            ${lines}
`,
  })
  return tuplesAfterIn(app).map(({ at }) => textAt(app, at))
}

describe('a tuple after IN', () => {
  it.each([
    [`cursor.execute(SOME, [1, tuple(content)])`, 'tuple(content)'],
    [`cursor.execute('DELETE FROM t WHERE a LIKE \\'x%%\\' AND b in %s', (names,))`, 'names'],
    [`cursor.execute('SELECT 1 WHERE a IN %(names)s', {'names': ('a', 'b')})`, `('a', 'b')`],
    [`list(Visitor.objects.raw('SELECT * FROM chat_visitor WHERE name IN %s', [names]))`, 'names'],
  ])('is told under psycopg 3: %s', (lines, tuple) => {
    expect(tuples(lines)).toEqual([tuple])
    expect(tuples(lines, { pins: 'psycopg2-binary==2.9.10' })).toEqual([])
    expect(tuples(lines, { engine: 'sqlite3' })).toEqual([])
  })

  it.each([
    `cursor.execute('SELECT 1 WHERE a = ANY(%s)', [list(names)])`,
    `cursor.execute('SELECT 1 WHERE a = %s AND b IN (%s, %s)', [names, 1, 2])`,
    `cursor.execute('SELECT 1 WHERE a IN %s', [content['names']])`,
    `cursor.execute('SELECT 1 WHERE a IN (' + ','.join(['%s'] * len(names)) + ')', names)`,
    `connections['old'].cursor().execute('SELECT 1 WHERE a IN %s', [names])`,
  ])('is none: %s', (lines) => {
    expect(tuples(lines)).toEqual([])
  })
})
