import { describe, expect, it } from 'vitest'
import { partsOfText } from '../../../src/app/asgi/text-parts.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'

function text(source: string): string | undefined {
  const tree = parsePython(source)
  const [statement] = tree.body
  const node = statement?.kind === 'Expr' ? statement.value : undefined
  const parts = node && partsOfText(node, { function: undefined, attributes: new Map() })
  return parts?.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('')
}

describe('the text that % formats', () => {
  it.each([
    ["'chat_%s' % room", 'chat_<room>'],
    ["'%s-%05d' % (a, b)", '<a>-<b>'],
    ["'room-%(slug)s' % self.scope['kwargs']", 'room-<slug>'],
    ["'room-%(slug)s' % {'slug': self.slug}", 'room-<slug>'],
    ["'room-%(slug)s' % {'slug': 'north'}", 'room-north'],
    ["'%*d_%a' % (width, number, name)", '<number>_<name>'],
    ["'100%%_%.2f' % rate", '100%_<rate>'],
    ["'%s_%s' % pair", '<pair>_<value>'],
  ])('%s', (source, expected) => expect(text(source)).toBe(expected))

  it('is none where Python raises', () => {
    expect(text("'50 %! %s' % room")).toBeUndefined()
  })
})
