import { describe, expect, test } from 'vitest'
import { asgi, consumer, told } from './visits.ts'

const top = 'from urllib.parse import parse_qs, parse_qsl\nfrom django.http import QueryDict'

describe('the query string and the headers are bytes', () => {
  test.each([
    ['a key of text', `q = parse_qs(self.scope["query_string"])\nself.token = q["token"][0]`, ["KeyError: 'token'"]],
    ['pairs made a dict', `self.token = dict(parse_qsl(self.scope["query_string"]))["token"]`, ["KeyError: 'token'"]],
    ['a header', `self.agent = dict(self.scope["headers"])["user-agent"]`, ["KeyError: 'user-agent'"]],
    [
      'the cookie',
      `c = dict(self.scope["headers"])\nself.c = c.get("cookie").decode()`,
      ["'NoneType' object has no attribute 'decode'"],
    ],
    ['split by a text', `self.t = self.scope["query_string"].split("=")[1]`, ['a bytes-like object is required']],
    ['a text in it', `if "token=" in self.scope["query_string"]:\n    pass`, ['a bytes-like object is required']],
    ['no dict', `self.t = self.scope["query_string"].get("token")`, ["'bytes' object has no attribute 'get'"]],
    [
      'put behind a text',
      `self.t = "?" + self.scope["query_string"]`,
      ['can only concatenate str (not "bytes") to str'],
    ],
    [
      'a header split by a text',
      `self.t = dict(self.scope["headers"])[b"origin"].split("//")`,
      ['a bytes-like object'],
    ],
    ['the first of none', `self.t = parse_qs(self.scope["query_string"]).get("token", [None])[0]`, ['never token']],
    [
      'caught',
      `try:\n    t = parse_qs(self.scope["query_string"])["token"]\nexcept KeyError:\n    t = None`,
      ['never token'],
    ],
    ['asked whether it has it', `if hasattr(self.scope["query_string"], "get"):\n    nothing()`, []],
    [
      'a refusal',
      `if "t" not in parse_qs(self.scope["query_string"]):\n    await self.close()\n    return`,
      ['never t, refused'],
    ],
  ])('%s', (_, connect, expected) => {
    const lines = told({ consumers: consumer(`${connect}\nawait self.accept()`, top) })
    expect(lines).toHaveLength(expected.length)
    for (const [index, line] of lines.entries()) expect(line).toContain(expected[index])
  })

  test.each([
    ['decoded', `self.t = parse_qs(self.scope["query_string"].decode()).get("token", [None])[0]`],
    ['decoded by str', `self.t = parse_qs(str(self.scope["query_string"], "utf-8")).get("token")`],
    ['asked for bytes', `self.t = parse_qs(self.scope["query_string"])[b"token"][0].decode()`],
    ['asked for both', `q = parse_qs(self.scope["query_string"])\nself.t = q.get("token") or q.get(b"token")`],
    [
      'its keys decoded',
      `self.t = {k.decode(): v for k, v in parse_qs(self.scope["query_string"]).items()}.get("token")`,
    ],
    ['headers decoded', `self.a = {k.decode(): v.decode() for k, v in self.scope["headers"]}.get("user-agent")`],
    ['a QueryDict', `self.t = QueryDict(self.scope["query_string"]).get("token")`],
    ['together with what is text', `d = dict(self.scope["headers"])\nd.update(parse_qs("a=b"))\nself.t = d["a"]`],
    ['put in by text', `d = parse_qs(self.scope["query_string"])\nd["token"] = "x"\nself.t = d["token"]`],
    ['more that nobody knows', `d = {**parse_qs(self.scope["query_string"]), **settings.MORE}\nself.t = d["a"]`],
    ['by bytes', `self.t = self.scope["query_string"].split(b"=")[1].decode().split("&")`],
    ['in bytes', `if b"token=" in self.scope["query_string"]:\n    pass`],
    ['the path', `self.t = self.scope["path"].split("/")[-1] + "?" + self.scope["path"]`],
    ['in a text', `self.t = "?%s" % self.scope["query_string"]\nself.u = f'{self.scope["query_string"]}'`],
  ])('%s', (_, connect) => {
    const lines = told({
      consumers: consumer(`${connect}\nawait self.accept()`, top),
      more: {
        'mysite/settings.py':
          "import os\nINSTALLED_APPS = ['channels', 'chat']\nMORE = __import__('json').loads(os.environ['MORE'])\n",
      },
    })
    expect(lines).toEqual([])
  })

  test('in a middleware', () => {
    expect(
      told({
        asgi: asgi('Token(router)', 'from mysite.around import Token'),
        around: `
from urllib.parse import parse_qs
class Token:
    def __init__(self, app):
        self.app = app
    async def __call__(self, scope, receive, send):
        token = parse_qs(scope['query_string'])['token'][0]
        return await self.app(dict(scope, token=token), receive, send)
`,
      }),
    ).toEqual(["handshake Token KeyError: 'token'"])
  })
})
