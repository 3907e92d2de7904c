import { describe, expect, it } from 'vitest'
import { originCheck } from '../../../src/app/asgi/origin-check.ts'
import { project } from '../../app/asgi/support.ts'

/** How a consumer whose `connect` begins with these statements looks at the origin. */
function kind(body: string, before = ''): string | undefined {
  const app = project({
    'chat/consumers.py': `import logging, re
from urllib.parse import urlsplit
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from elsewhere import library
logger = logging.getLogger(__name__)
${before}
class ChatConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        origin = dict(self.scope['headers']).get(b'origin', b'').decode()
${body.replace(/^(?=.)/gm, '        ')}
        await self.accept()

    async def receive_json(self, content):
        if content.get('bye'):
            await self.close()
`,
  })
  return originCheck(app, 'chat/consumers.py', 'ChatConsumer')?.kind
}

const refused = (test: string) => `if ${test}:\n    await self.close()\n    return`

describe('a beginning that is closed', () => {
  it.each([
    [`f'{origin}/'.startswith(settings.SITE)`, 'compared'],
    [`(origin + '/').startswith(SITE)`, 'compared'],
    [`origin.startswith(LOCAL)`, 'compared'],
    [`origin.startswith((LOCAL, OTHER))`, 'compared'],
    [`origin.startswith(SCHEME)`, undefined],
    [`origin.startswith(SITE)`, 'begins'],
    [`origin.startswith(settings.SITE)`, 'begins'],
  ])('is told from one that is open: %s', (test, found) => {
    const before = `SCHEME = 'https://'\nLOCAL = 'http://localhost:'\nOTHER = 'https://site.example/'\nSITE = 'https://site'\n`
    expect(kind(refused(`not ${test}`), before)).toBe(found)
  })
})

describe('an origin that is looked at', () => {
  it.each([
    refused('not origin'),
    refused('origin is None or origin == "null"'),
    refused(`b'origin' not in dict(self.scope['headers'])`),
    refused(`not origin.startswith('https://')`),
    refused(`urlsplit(origin).scheme != 'https'`),
    refused('len(origin) == 0'),
    `if origin:\n    logger.info('socket from %s', origin)`,
    `if origin not in settings.ALLOWED:\n    logger.info('socket from %s', origin)`,
    `if origin in settings.ALLOWED:\n    self.known = True`,
    `await self.accept()\nif origin not in settings.ALLOWED:\n    return`,
    'self.tenant = tenant_of(origin)',
    `self.tenant = origin.split('//')[-1]\n${refused('not self.tenant')}`,
    refused(`self.scope['user'].is_anonymous`),
  ])('is no check by which another one is refused: %s', (body) => {
    const before = `def tenant_of(origin):\n    return origin.split('//')[-1].split('.')[0] or 'public'\n`
    expect(kind(body, before)).toBeUndefined()
  })

  it.each([
    refused('origin not in settings.ALLOWED'),
    refused('urlsplit(origin).netloc != settings.SITE'),
    refused('not urlsplit(origin).hostname.endswith(".site.example")'),
    refused('not origin.endswith("//site.example")'),
    refused('not re.fullmatch(settings.PATTERN, origin)'),
    refused('not is_ours(origin)'),
    refused('not knows(self.scope)'),
    `allowed = origin in settings.ALLOWED\n${refused('not allowed')}`,
    `self.allowed = origin in settings.ALLOWED\n${refused('not self.allowed')}`,
    `allowed = False\nif origin == settings.SITE:\n    allowed = True\n${refused('not allowed')}`,
    'refuse(origin)',
    refused('not any(origin == one or origin.startswith(one + ":") for one in settings.ALLOWED)'),
    refused('not origin.startswith(f"{settings.SITE}/")'),
    refused('origin[:8] != "https://" or urlsplit(origin).hostname != settings.SITE'),
    refused(String.raw`not re.match(r"^https://(\w+\.)?site\.example$", origin)`),
    refused(String.raw`not re.match(r"https://site\.example(?:[:/]|$)", origin)`),
    refused(String.raw`not re.search(r"^https://site\.example\Z", origin)`),
    refused(`not re.match(r"https?://", origin) or origin != settings.SITE`),
    `if origin not in settings.ALLOWED:\n    raise ValueError`,
    `if origin not in settings.ALLOWED:\n    return`,
    `await self.accept()\n${refused('origin not in settings.ALLOWED')}`,
    `if self.scope['user'].is_staff:\n    await self.accept()\n    return\nif origin not in settings.ALLOWED:\n    return`,
    `for name, value in self.scope['headers']:\n    if name == b'origin' and value.decode() not in settings.ALLOWED:\n        return await self.close()`,
  ])('is a check where something is compared and refused: %s', (body) => {
    const before = `def is_ours(value):
    if value == settings.SITE:
        return True
    return False
def knows(scope):
    return dict(scope['headers']).get(b'origin') in settings.ALLOWED
def refuse(value):
    if value != settings.SITE:
        raise ValueError
`
    expect(kind(body, before)).toBe('compared')
  })

  it.each([
    ['True', `dict(self.scope['headers']).get(b'origin') in settings.ALLOWED`, 'compared'],
    [`dict(self.scope['headers']).get(b'origin') in settings.ALLOWED`, 'True', undefined],
  ])('asks the method that the consumer has in place of its base’s: %s, %s', (ofBase, own, expected) => {
    const app = project({
      'chat/consumers.py': `from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
class BaseConsumer(AsyncJsonWebsocketConsumer):
    async def connect(self):
        if not self.knows():
            await self.close()
            return
        await self.accept()
    def knows(self):
        return ${ofBase}
class ChatConsumer(BaseConsumer):
    def knows(self):
        return ${own}
`,
    })
    expect(originCheck(app, 'chat/consumers.py', 'ChatConsumer')?.kind).toBe(expected)
  })

  it.each([
    [refused('not origin.endswith("site.example")'), 'ends'],
    [refused('not (urlsplit(origin).hostname or "").endswith(("site.example", ".other.example"))'), 'ends'],
    [refused('not origin.startswith("https://site")'), 'begins'],
    [refused('settings.SITE not in origin'), 'holds'],
    [refused('not any(origin.startswith(one) for one in settings.ALLOWED)'), 'begins'],
    [refused('not origin.startswith(tuple(settings.ALLOWED))'), 'begins'],
    [refused('origin[:len(settings.SITE)] != settings.SITE'), 'begins'],
    [refused('not urlsplit(origin).netloc.startswith(settings.SITE)'), 'begins'],
    [`host = urlsplit(origin)\n${refused('settings.SITE not in (host.hostname or "")')}`, 'holds'],
    [refused(String.raw`not re.match(r"https://site\.example", origin)`), 'begins'],
    [refused(String.raw`not re.match(r"https://(www\.)?site\.example(:\d+)?", origin)`), 'begins'],
    [
      'if not PATTERN.match(origin):\n    return await self.close()',
      'begins',
      String.raw`PATTERN = re.compile(r"https://site\.example")`,
    ],
    [refused(String.raw`not re.search(r"site\.example", origin)`), 'holds'],
    [refused(String.raw`not re.search(r"site\.example$", origin)`), 'unsure'],
    [refused(String.raw`not re.match(r".*site\.example$", origin)`), 'ends'],
    [refused(String.raw`not re.search(r"^https?://.*site\.example$", origin)`), 'ends'],
    [refused(String.raw`not re.match(r"https://.*\.site\.example$", origin)`), 'compared'],
    [refused(String.raw`not re.match(r"https://site\.example(?!\.)", origin)`), 'unsure'],
    [refused(String.raw`not re.match(r"https://site\.example(?<!x)", origin)`), 'unsure'],
    [refused(String.raw`not re.match(r"https://site\.example(?=/|$)", origin)`), 'compared'],
    [refused(String.raw`not re.match(r"https://(?:site\.example(?!\.)|b\.example)", origin)`), 'begins'],
    [
      `for one in settings.ALLOWED:\n    if origin.startswith(one):\n        return await self.accept()\nawait self.close()\nreturn`,
      'begins',
    ],
    [refused('not origin.endswith(settings.SITE)'), 'unsure'],
    [refused('not library.allows(origin)'), 'unsure'],
    [refused('settings.TENANTS.get(origin) is None'), 'unsure'],
    ['library.check_origin(origin)', 'unsure'],
  ])('%s: %s', (body, expected, before?: string) => expect(kind(body, before)).toBe(expected))
})
