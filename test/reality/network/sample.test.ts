import { expect, test } from 'vitest'
import type { RoutePattern } from '../../../src/app/asgi/model.ts'
import { samplePath } from './sample.ts'

const at = { file: 'routing.py', span: { start: 0, end: 0 } }
const pattern = (type: RoutePattern['type'], text: string): RoutePattern => ({ type, text, at })

test.each<[string, string, ...[RoutePattern['type'], string][]]>([
  ['a path', '/ws/chat/', ['path', 'ws/chat/']],
  ['parameters', '/ws/lobby/1/x/', ['path', 'ws/<room>/<int:number>/x/']],
  ['a leading slash, which no visitor doubles', '/ws/', ['path', '/ws/']],
  ['an expression', '/ws/chat/1/', ['re_path', '^ws/chat/(?P<room>\\w+)/$']],
  ['alternatives and classes', '/ws/a/1', ['re_path', 'ws/(?:a|b)/[^/]+$']],
  ['nested routers', '/api/ws/1/', ['path', 'api/'], ['re_path', '^ws/(\\d+)/?$']],
  ['an escaped dot', '/ws.io/', ['re_path', '^ws\\.io/$']],
])('a sample of %s', (_, expected, ...patterns) => {
  expect(samplePath({ patterns: patterns.map(([type, text]) => pattern(type, text)) })).toBe(expected)
})

test('none of what cannot be read', () => {
  expect(samplePath({ patterns: [pattern('re_path', '^(')] })).toBeUndefined()
  expect(samplePath({ patterns: [pattern('include', 'chat.urls')] })).toBeUndefined()
})
