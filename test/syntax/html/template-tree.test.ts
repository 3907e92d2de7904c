import { describe, expect, it } from 'vitest'
import { readFilterExpression, tagWords } from '../../../src/syntax/html/template-expressions.ts'
import { readTemplate } from '../../../src/syntax/html/template-tree.ts'

describe('a template', () => {
  const around = (text: string) => readTemplate(text).tags.find(({ name }) => name === 'here')?.within

  it('tells what stands around a tag', () => {
    expect(around('{% here %}')).toEqual({ block: undefined, tests: [] })
    expect(around('{% if a %}{% block a %}{% with x=1 %}{% block b %}{% here %}')).toEqual({ block: 'b', tests: [] })
    expect(around('{% block a %}{% if a %}{% block b %}{% endblock %}{% here %}')).toEqual({
      block: 'a',
      tests: [{ test: 'a', not: [] }],
    })
    expect(around('{% if a and b %}{% else %}{% here %}{% endif %}')?.tests).toEqual([{ test: '', not: ['a and b'] }])
    expect(around('{% if a %}{% elif b %}{% here %}{% endif %}')?.tests).toEqual([{ test: 'b', not: ['a'] }])
    expect(around('{% for x in y %}{% empty %}{% here %}{% endfor %}')?.tests).toEqual([{ test: undefined, not: [] }])
    expect(around('{% own %}{% here %}{% endown %}')?.tests).toEqual([{ test: undefined, not: [] }])
    expect(around('{% own %}{% here %}')?.tests).toEqual([])
    expect(around('{% if a %}{% own / %}{% endif %}{% here %}{% own %}{% endown %}')?.tests).toEqual([])
    expect(around('{% if a %}{% endif %}{% here %}')?.tests).toEqual([])
  })

  it('reads no tag in comments, between verbatim, or over several lines', () => {
    const names = (text: string) => readTemplate(text).tags.map(({ name }) => name)
    expect(
      names('{# {% a %} #}{% comment %}{% b %}{% endcomment %}{% verbatim %}{% c %}{% endverbatim %}{% d %}'),
    ).toEqual(['verbatim', 'd'])
    expect(names('{% verbatim x %}{% endverbatim %}{% a %}{% endverbatim x %}{% b %}')).toEqual(['verbatim', 'b'])
    expect(names('{% a\n %}{% b %}')).toEqual(['b'])
  })

  it('lists what nobody closes, of the tags that have to be closed', () => {
    const open = (text: string) => readTemplate(text).unclosed.map(({ name }) => name)
    expect(open('{% block a %}{% endblock %}{% if x %}{% csrf_token %}')).toEqual(['if'])
    expect(open('{% url "x" %}{% load y %}')).toEqual([])
  })
})

describe('the words of a tag', () => {
  it('keep quoted and translated parts whole', () => {
    expect(tagWords(`url 'a b' x="c d" _("e f")|upper`)).toEqual(['url', "'a b'", 'x="c d"', '_("e f")|upper'])
    expect(tagWords('  load  i18n\tstatic ')).toEqual(['load', 'i18n', 'static'])
  })
})

describe('a filter expression', () => {
  it('has a text or a variable, and filters with arguments', () => {
    expect(readFilterExpression(`request.is_secure|yesno:'wss,ws'`)).toEqual({
      text: undefined,
      variable: 'request.is_secure',
      filters: [{ name: 'yesno', argument: { text: 'wss,ws', variable: undefined } }],
    })
    expect(readFilterExpression(`"a|b" | lower|default:x.y`)?.filters).toEqual([
      { name: 'lower', argument: undefined },
      { name: 'default', argument: { text: undefined, variable: 'x.y' } },
    ])
    expect(readFilterExpression(`'it\\'s'`)?.text).toBe("it's")
  })

  it.each(['a b', 'a|', 'a|b:', '|a', 'a|b c'])('is none: %s', (source) => {
    expect(readFilterExpression(source)).toBeUndefined()
  })
})
