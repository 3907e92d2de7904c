import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readPage } from '../../../src/syntax/html/scripts.ts'
import { maskTemplates } from '../../../src/syntax/html/templates.ts'

describe('scripts of a page', () => {
  it('takes inline scripts of any JavaScript type', () => {
    const page = readPage('<script>a</script><SCRIPT type="module">b</SCRIPT><script type=\'text/babel\'>c</script>')
    expect(page.scripts.map(({ text, jsx }) => [text, jsx])).toEqual([
      ['a', false],
      ['b', false],
      ['c', true],
    ])
  })

  it('leaves out data, templates, sources of their own and comments', () => {
    const page = readPage(`<!-- <script>a</script> --><script type="application/json">b</script>
      <script src="c.js">d</script><script type="text/template">e</script><style>script { }</style><textarea><script>f</script></textarea>`)
    expect(page.scripts).toEqual([])
  })

  it('knows the languages of components', () => {
    const page = readPage(
      '<template><p>{{ a }}</p></template><script setup lang="ts">b</script><script lang="tsx">c</script>',
    )
    expect(page.scripts.map(({ text, types, jsx }) => [text, types, jsx])).toEqual([
      ['b', true, false],
      ['c', true, true],
    ])
  })

  it('gives offsets into the page', () => {
    const text = '<p title="a > b">x</p><script>y</script>'
    const [script] = readPage(text).scripts
    expect(text.slice(script?.start, script?.end)).toBe('y')
  })

  it('reads attributes in all their forms', () => {
    const [tag] = readPage('<div a b=c d = "e f" g=\'h>i\' />').tags
    expect(tag?.attributes.map(({ name, value }) => [name, value])).toEqual([
      ['a', ''],
      ['b', 'c'],
      ['d', 'e f'],
      ['g', 'h>i'],
    ])
  })

  it('ends with the text when nothing is closed', () => {
    expect(readPage('<script>a').scripts.map(({ text }) => text)).toEqual(['a'])
    expect(readPage('<div class="a').tags).toHaveLength(1)
    expect(readPage('<!-- <script>a</script>').scripts).toEqual([])
  })
})

describe('templates', () => {
  it('turns variables into names and tags into space', () => {
    const source = "const a = {{ room.id }};{% if b %}\n'{{ c|safe }}'{# d #}{% endif %}"
    const { text, holes } = maskTemplates(source)
    expect(text).toHaveLength(source.length)
    expect(text).toMatch(/^const a = \p{L}+; +\n'\p{L}+' +$/u)
    expect(holes.map(({ kind, source: written }) => [kind, written])).toEqual([
      ['variable', 'room.id'],
      ['tag', 'if b'],
      ['variable', 'c|safe'],
      ['tag', 'endif'],
    ])
  })

  it('drops what a comment tag holds', () => {
    expect(maskTemplates('a{% comment "b" %}{{ c }}<script>{% endcomment %}d').text).toMatch(/^a +d$/)
  })

  test('lengths and line ends stay', () => {
    const pieces = [
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      'a',
      '\n',
      '\r\n',
      ' ',
      '"',
      '<script>',
      '</script>',
      '{',
      '}',
      'comment',
      'endcomment',
      '<',
      '>',
      '=',
      '<!--',
      '-->',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), (parts) => {
        const source = parts.join('')
        const { text } = maskTemplates(source)
        expect(text).toHaveLength(source.length)
        readPage(text)
      }),
    )
  })
})
