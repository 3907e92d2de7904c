import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../src/app/asgi/pattern/route.ts'
import { nodesOf } from '../../../src/app/asgi/routes.ts'
import { check } from '../../../src/check.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { today } from '../../support/app.ts'
import { filesBelow } from '../../support/trees.ts'

/** Each took minutes before it was bounded: the suite's time limit is the check. */
describe('an application that uses its parts again', () => {
  it('is followed to a number of parts, and undetermined beyond', () => {
    const asgi = `from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application
x = get_asgi_application()
${'x = ProtocolTypeRouter({"http": x, "websocket": x})\n'.repeat(24)}application = x
`
    const tree = memoryTree({ ...filesBelow('test/pages/bases/channels'), 'mysite/asgi.py': asgi })
    const { app } = check({ today, tree, config: defaultConfig })
    expect(app.audit.failures).toEqual([])
    const nodes = app.asgi.application.flatMap(({ root }) => nodesOf(root))
    expect(nodes.some(({ kind }) => kind === 'unknown')).toBe(true)
    expect(nodes.length).toBeLessThan(50_000)
  })
})

describe('a route pattern', () => {
  const compile = (text: string, last = true) => compilePattern({ ...pattern, text }, true, last)
  const pattern = {
    type: 're_path',
    text: '',
    at: { file: 'f', span: { start: 0, end: 0 } },
  } as unknown as Parameters<typeof compilePattern>[0]
  const path = `ws/${'a'.repeat(60)}`

  it.each([
    `^ws/${'(\\w*)'.repeat(20)}x$`,
    '^ws/(a+)+x$',
    '^ws/(a|a)*x$',
    '^ws/(?:(?:a*)*)*x$',
    `^ws/${'.*a'.repeat(20)}x$`,
    `^ws/${'a?'.repeat(60)}${'a'.repeat(61)}$`,
  ])('is compared in linear time: %s', (text) => {
    expect(compile(text)?.rest(path)).toBeUndefined()
  })

  it('that projects write is compared exactly, with what is left of the path', () => {
    const usual = '^ws/(?P<a>\\w+)/(?P<b>[^/]+)/(?P<c>\\d+)/(?P<d>[-\\w]+)/(?P<e>\\w+)/'
    expect(compile(usual, false)?.rest('ws/a/b/1/d-e/f/rest')).toBe('rest')
    expect(compile(usual, false)?.rest('ws/a/b/c/d/e/rest')).toBeUndefined()
  })

  it('says the same by both ways', () => {
    const piece = fc.constantFrom('a', 'b', '/', '\\w*', '[ab]+', '(a|b)?', '(?:ab)*', '.')
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 8 }),
        fc.stringMatching(/^[ab/]{0,8}$/),
        (pieces, text) => {
          const source = `^${pieces.join('')}$`
          const found = compile(source)?.rest(text)
          if (found !== 'unknown') expect(found !== undefined).toBe(new RegExp(source, 'su').test(text))
        },
      ),
      { numRuns: 300 },
    )
  })
})
