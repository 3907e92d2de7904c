import { describe, expect, it } from 'vitest'
import { libraryNames } from '../../../src/app/pages/library-names.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'

describe('the names of a library', () => {
  const names = (code: string) => {
    const { tags, filters, open } = libraryNames(parsePython(`from django import template\n${code}`))
    return { tags: [...tags], filters: [...filters], open }
  }

  it.each<[string, ReturnType<typeof names>]>([
    ['register = template.Library()\n@register.filter\ndef a(x): pass', { tags: [], filters: ['a'], open: false }],
    ['register = template.Library()\n@register.filter("b")\ndef a(x): pass', { tags: [], filters: ['b'], open: false }],
    ['register = template.Library()\nregister.filter("c", str.lower)', { tags: [], filters: ['c'], open: false }],
    [
      'register = template.Library()\n@register.inclusion_tag("x.html")\ndef d(): pass',
      { tags: ['d'], filters: [], open: false },
    ],
    [
      'register = template.Library()\n@register.simple_tag(name="e", takes_context=True)\ndef d(c): pass',
      { tags: ['e'], filters: [], open: false },
    ],
    ['register = template.Library()\n@register.tag("f")\ndef d(p, t): pass', { tags: ['f'], filters: [], open: false }],
    ['register = template.Library()\ndef g(): pass\nregister.simple_tag(g)', { tags: ['g'], filters: [], open: false }],
    ['register = template.Library()\nregister.simple_tag(g)', { tags: [], filters: [], open: true }],
    ['register = template.Library()\nclass G(Tag): name = "g"\nregister.tag(G)', { tags: [], filters: [], open: true }],
    ['register = template.Library()\n@register.tag\nclass G(Tag): pass', { tags: [], filters: [], open: true }],
    ['register = template.Library()\nregister.tag("g", other.compile)', { tags: ['g'], filters: [], open: true }],
    [
      'register = template.Library()\n@register.filter\n@renamed\ndef a(x): pass',
      { tags: [], filters: [], open: true },
    ],
    [
      'register = template.Library()\n@register.filter\n@stringfilter\ndef a(x): pass',
      { tags: [], filters: ['a'], open: false },
    ],
    [
      'register = template.Library()\n@register.tag\ndef switch(parser, token):\n    parser.parse(("case", "endswitch"))',
      { tags: ['switch', 'case', 'endswitch'], filters: [], open: false },
    ],
    [
      'register = template.Library()\n@register.tag\ndef switch(parser, token):\n    parser.parse(ends)',
      { tags: ['switch'], filters: [], open: true },
    ],
    [
      'register = template.Library()\nfor n in names:\n    register.filter(n, f)',
      { tags: [], filters: [], open: true },
    ],
    ['register = template.Library()\nregister.filter(NAME, f)', { tags: [], filters: [], open: true }],
    ['from other import register', { tags: [], filters: [], open: true }],
  ])('%s', (code, told) => {
    expect(names(code)).toEqual(told)
  })
})
