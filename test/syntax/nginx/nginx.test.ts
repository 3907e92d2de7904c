import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { erbTags } from '../../../src/syntax/nginx/erb.ts'
import { type NginxDirective, parseNginx } from '../../../src/syntax/nginx/nginx.ts'

/** Directives as lists of words, `?` where the text is not known. */
const shape = (directives: readonly NginxDirective[]): unknown[] =>
  directives.map(({ name, words, block, sure }) => [
    `${sure ? '' : '(perhaps) '}${[name ?? '?', ...words.map(({ text }) => text ?? '?')].join(' ')}`,
    ...(block === undefined ? [] : [shape(block)]),
  ])
const read = (text: string, template = true) => shape(parseNginx(text, template).directives)

describe('parseNginx', () => {
  it('reads directives, blocks, quotes, escapes and comments', () => {
    const text = `# a { comment;
http {
  map $http_upgrade $c { default upgrade; '' close; } # another
  log_format x 'a "b" \\'c\\'' "d\\te";
  location ~ ^/ws/\\d+$ { proxy_pass http://a#b; }
  set $x \${y}z;
}`
    expect(read(text)).toEqual([
      [
        'http',
        [
          ['map $http_upgrade $c', [['default upgrade'], [' close']]],
          [`log_format x a "b" 'c' d\te`],
          ['location ~ ^/ws/\\d+$', [['proxy_pass http://a#b']]],
          ['set $x ${y}z'],
        ],
      ],
    ])
  })

  it('says where each directive and word stands', () => {
    const text = 'server { listen "80" ; }'
    const [server] = parseNginx(text, false).directives
    const [listen] = server?.block ?? []
    expect(text.slice(listen?.span.start, listen?.span.end)).toBe('listen "80" ;')
    expect(text.slice(listen?.words[0]?.span.start, listen?.words[0]?.span.end)).toBe('"80"')
    expect(server?.span).toEqual({ start: 0, end: text.length })
  })

  it('leaves holes where a template puts values in, and knows what Ruby may leave out', () => {
    const text = `listen <%= ENV["PORT"] %>;
root /app/<%= ENV["ROOT"] %>/static;
<% if ENV["A"] %>
gzip on;
<% else %>
gzip off;
<% end %>
<% x = 1 # if %><%# a comment %>
# <% [1].each do |n| %>
server { }
# <% end %>
<%= ENV["EXTRA"] %>
user <% if x %>a<% else %>b<% end %>;
deny all;`
    expect(read(text)).toEqual([
      ['listen ?'],
      ['root ?'],
      ['(perhaps) gzip on'],
      ['(perhaps) gzip off'],
      ['(perhaps) server', []],
      ['(perhaps) ?'],
      ['(perhaps) user ?'],
      ['deny all'],
    ])
    expect(parseNginx(text, true).directives[0]?.words[0]?.holes).toEqual(['ENV["PORT"]'])
    expect(read('a <%= b %>;', false)).toEqual([['a <%= b %>']])
  })

  it('is not sure of a directive of which Ruby writes a word', () => {
    expect(read('a <% if x %> b <% else %> c <% end %>;')).toEqual([['(perhaps) a b c']])
  })

  it.each([
    ['an open block', 'http { a b;'],
    ['a brace too many', 'a; }'],
    ['no semicolon', 'http { a b }'],
    ['an open quote', 'a "b;'],
    ['a word behind a quote', 'a "b"c;'],
    ['a semicolon alone', '; a;'],
    ['a block of Ruby that stays open', '<% if x %>\na;'],
    ['an end too many', '<% end %>\na;'],
  ])('says where nginx or Ruby reads no further: %s', (_, text) => {
    expect(parseNginx(text, true).problem).toBeDefined()
  })

  it('never throws', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      ';',
      '"',
      "'",
      '\\',
      '#',
      '<%',
      '<%=',
      '%>',
      ' if ',
      ' end ',
      'a',
      ' ',
      '\n',
      '$',
    )
    fc.assert(fc.property(fc.array(pieces), (parts) => void parseNginx(parts.join(''), true)))
    fc.assert(fc.property(fc.string(), (text) => void parseNginx(text, false)))
  })
})

describe('erbTags', () => {
  it('knows what opens a block of Ruby and what closes it', () => {
    const opens = (code: string) => erbTags(`<% ${code} %>`)[0]?.opens
    for (const code of ['if a', 'unless a', '3.times do', 'x.each do |y|', 'case a', 'x.each { |y|'])
      expect(opens(code), code).toBe(1)
    for (const code of ['end', '}']) expect(opens(code), code).toBe(-1)
    for (const code of ['else', 'elsif b', 'when 1', 'x = 1', 'x = 2 if y', 'if a; b; end', 'if a then b end'])
      expect(opens(code), code).toBe(0)
  })

  it('takes `<%%` for text', () => {
    expect(erbTags('<%% a %> <%= b %>').map(({ code }) => code)).toEqual(['b'])
  })
})
