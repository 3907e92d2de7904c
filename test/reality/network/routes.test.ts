import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { insideFolder } from './inside.ts'

const hasPython = spawnSync('python3', ['--version']).status === 0

/** Runs Python with the rig's modules for dynos; what it prints is JSON. */
function python(code: string): unknown {
  const prelude = `import json, sys\nsys.path.insert(0, ${JSON.stringify(insideFolder)})\nimport rig_routes\n`
  const ran = spawnSync('python3', ['-c', prelude + code], { encoding: 'utf8' })
  if (ran.status !== 0) throw new Error(ran.stderr)
  return JSON.parse(ran.stdout)
}

describe.runIf(hasPython)('sample paths', () => {
  it.each([
    [String.raw`^ws/chat/(?P<room>\w+)/$`, 'ws/chat/1/'],
    ['ws/(?P<kind>room|user)/(?P<id>[a-z]{3})/?$', 'ws/room/aaa/'],
    ['^ws/(?P<id>[0-9a-f-]+)/$', 'ws/1/'],
    ['^ws/[^/]+/(?:x|y)*$', 'ws/a/x'],
    [String.raw`^ws\.io/$`, 'ws.io/'],
    ['^ws/(', null],
  ])('of the expression %s', (text, expected) => {
    expect(python(`print(json.dumps(rig_routes.sample_regex(${JSON.stringify(text)})))`)).toBe(expected)
  })

  it('are asked of the objects of an application, through its wrappers', () => {
    const code = `
import re

def made(name, **fields):
    module, _, short = name.rpartition('.')
    return type(short, (), {'__module__': module, '__call__': print, **fields})()

class Pattern:
    def __init__(self, text):
        self._regex = text
    def match(self, path):
        return re.search(self._regex, path)

async def consumer(scope, receive, send): pass
consumer.consumer_class = object

def route(text, callback):
    return made('django.urls.URLPattern', pattern=Pattern(text), callback=callback)

inner = made('channels.routing.URLRouter', routes=[route(r'(?P<room>[a-z]+)/$', consumer)])
outer = made('channels.routing.URLRouter', routes=[route(r'^ws/', inner), route(r'^echo/$', consumer)])
wrapper = made('project.Wrapper')
wrapper.inner = outer
http = made('channels.routing.URLRouter', routes=[route(r'^never/$', consumer)])
router = made('channels.routing.ProtocolTypeRouter', application_mapping={'http': http, 'websocket': wrapper})

async def application(scope, receive, send):
    return await router(scope, receive, send)

print(json.dumps(rig_routes.routes_of(application)))
`
    expect(python(code)).toEqual(['/ws/a/', '/echo/'])
  })
})
