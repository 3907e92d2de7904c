import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { AppNode, Route, RoutePattern } from '../../../../src/app/asgi/model.ts'
import { automatonOf, includes } from '../../../../src/app/asgi/pattern/language.ts'
import { canMatch, compileRoute, matchesPath } from '../../../../src/app/asgi/pattern/match.ts'
import type { UrlPart } from '../../../../src/app/frontend/model.ts'
import type { ValueHole } from '../../../../src/evaluate/javascript/values.ts'
import { parseRegex } from '../../../../src/syntax/regex/parse.ts'
import { isProblem } from '../../../../src/syntax/regex/regex.ts'

const at = { file: 'routing.py', span: { start: 0, end: 0 } }
const app: AppNode = { kind: 'unknown', why: { en: '', fr: '' }, at }

function route(...patterns: readonly (readonly [RoutePattern['type'], string])[]) {
  const made: Route = {
    protocol: 'websocket',
    patterns: patterns.map(([type, text]) => ({ type, text, extra: [], at })),
    closed: patterns.map((_, index) => index === patterns.length - 1),
    app,
    at,
    when: [],
  }
  return compileRoute(made)
}

const hole = (name: string): ValueHole => ({ name, kind: 'value', at })

describe('paths', () => {
  it('match as Django matches them', () => {
    expect(matchesPath(route(['path', 'ws/<int:id>/']), '/ws/12/')).toBe(true)
    expect(matchesPath(route(['path', 'ws/<int:id>/']), '/ws/a/')).toBe(false)
    expect(matchesPath(route(['path', 'ws/']), 'ws/more')).toBe(false)
    expect(matchesPath(route(['re_path', 'ws/']), 'a/ws/more')).toBe(true)
    expect(matchesPath(route(['re_path', 'ws/$']), 'a/ws/')).toBe(false)
    expect(matchesPath(route(['re_path', '^/ws/$']), '/ws/')).toBe(false)
    expect(matchesPath(route(['path', 'a/'], ['path', 'b/']), '/a/b/')).toBe(true)
    expect(matchesPath(route(['re_path', '^a'], ['re_path', '^b/$']), '/a//b/')).toBe(true)
  })

  it('are not decided when a pattern is not known', () => {
    expect(matchesPath(route(['path', '<year:y>/']), '/2024/')).toBeUndefined()
    expect(matchesPath(route(['re_path', '(?i:a)']), '/a')).toBeUndefined()
    expect(canMatch(route(['path', '<year:y>/']), ['/2024/'], () => 'segment')).toBe(true)
    expect(canMatch(route(['re_path', 'a(?!b)']), ['/ac'], () => 'segment')).toBeUndefined()
  })

  it('with holes match when some value fits', () => {
    const shape = (...parts: UrlPart[]) => parts
    const room = route(['re_path', '^ws/chat/(?P<room>\\w+)/$'])
    expect(canMatch(room, shape('/ws/chat/', hole('room'), '/'), () => 'segment')).toBe(true)
    expect(canMatch(room, shape('/ws/chat/', hole('room')), () => 'segment')).toBe(false)
    expect(canMatch(room, shape('/ws/chat/', hole('room')), () => 'any')).toBe(true)
    expect(canMatch(room, shape('/ws/', hole('path')), () => 'any')).toBe(true)
    expect(canMatch(room, shape('/ws/chat-', hole('room'), '/'), () => 'any')).toBe(false)
    expect(canMatch(route(['path', '<uuid:id>/']), shape('/', hole('id'), '/'), () => 'segment')).toBe(true)
    expect(canMatch(route(['path', 'a/'], ['path', '<int:id>']), shape('/a/x', hole('id')), () => 'segment')).toBe(
      false,
    )
    expect(canMatch(route(['re_path', '^a$'], ['re_path', '^$']), shape('/a'), () => 'segment')).toBe(true)
  })

  test('without holes match the same both ways', () => {
    const piece = fc.constantFrom(
      'ws',
      'chat',
      '[a-z]+',
      '\\w+',
      '\\d{2,3}',
      '(?P<n>[^/]+)',
      '(?:x|yz)?',
      '.',
      '.*',
      '-',
      '/',
    )
    const pattern = fc
      .tuple(fc.constantFrom('', '^'), fc.array(piece, { maxLength: 5 }), fc.constantFrom('', '$', '/$', '/?$'))
      .map(([a, b, c]) => a + b.filter((one, index) => !one.startsWith('(?P') || b.indexOf(one) === index).join('') + c)
    const path = fc
      .array(fc.constantFrom('ws', 'chat', 'x', 'yz', '12', '/', '-', 'É'), { maxLength: 6 })
      .map((parts) => `/${parts.join('')}`)
    fc.assert(
      fc.property(pattern, path, (text, written) => {
        const compiled = route(['re_path', text])
        expect(canMatch(compiled, [written], () => 'segment')).toBe(matchesPath(compiled, written))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('languages', () => {
  const of = (text: string) => {
    const parsed = parseRegex(text)
    return isProblem(parsed) ? undefined : automatonOf(parsed, { whole: false, leaves: false })
  }
  const inside = (outer: string, inner: string) => {
    const [a, b] = [of(outer), of(inner)]
    return a === undefined || b === undefined ? undefined : includes(a, b)
  }

  it('hold one another or not', () => {
    expect(inside('', '^ws/$')).toBe(true)
    expect(inside('^ws/', '^ws/chat/$')).toBe(true)
    expect(inside('^ws/\\w+/$', '^ws/chat/$')).toBe(true)
    expect(inside('^ws/[^/]+/$', '^ws/\\w+/$')).toBe(true)
    expect(inside('^ws/\\w+/$', '^ws/[^/]+/$')).toBe(false)
    expect(inside('^ws/$', '^ws/')).toBe(false)
    expect(inside('^ws/[0-9]+/$', '^ws/[0-5]+/$')).toBe(true)
    expect(inside('^ws/[0-5]+/$', '^ws/[0-9]+/$')).toBe(false)
    expect(inside('^a\u4E00$', '^a[\u4E00-\u4E01]$')).toBe(false)
  })
})
