import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../../src/app/processes/nginx/config.ts'
import { locationOf, serverOf } from '../../../../src/app/processes/nginx/locations.ts'
import { servingOf } from '../../../../src/app/processes/nginx/serving.ts'
import { textFor } from '../../../../src/app/processes/nginx/values.ts'
import { memoryTree } from '../../../../src/files/memory.ts'

const config = (text: string, more: Readonly<Record<string, string>> = {}) => {
  const found = readConfig(memoryTree({ 'config/nginx.conf.erb': text, ...more }), 'config/nginx.conf.erb', (path) =>
    path.startsWith('/app/') ? path.slice(5) : undefined,
  )
  if (found === undefined) throw new Error('no such file')
  return found
}
const http = (server: string, more = '') => `http { ${more} server { listen <%= ENV["PORT"] %>; ${server} } }`

/** The words of the location that serves an address, `-` for none; `?` where it cannot be told. */
function where(server: string, address: string): string {
  const found = serverOf(config(http(server)))
  const chain = found && locationOf(found, address)
  if (chain === undefined) return '?'
  return chain.length === 2
    ? '-'
    : (chain
        .at(-1)
        ?.words.map(({ text }) => text)
        .join(' ') ?? '')
}

// What nginx 1.22 answered to the same requests, with a `return` in each location.
describe('locationOf', () => {
  const all = `location / { } location /ws/ { } location = /ws/exact { } location ^~ /ws/static/ { }
    location ~ ^/ws/\\d+/$ { } location ~* \\.JS$ { } location @app { } location /in/ { location /in/side/ { } location ~ x$ { } }`
  it.each([
    ['/', '/'],
    ['/other', '/'],
    ['/ws/chat/', '/ws/'],
    ['/ws/exact', '= /ws/exact'],
    ['/ws/exact/', '/ws/'],
    ['/ws/12/', '~ ^/ws/\\d+/$'],
    ['/ws/a.js', '~* \\.JS$'],
    ['/ws/static/a.js', '^~ /ws/static/'],
    ['/in/', '/in/'],
    ['/in/side/', '/in/side/'],
    ['/in/y.js', '~* \\.JS$'],
    ['/in/x', '~ x$'],
    ['/ws', '?'],
  ])('serves %s by %s', (address, expected) => {
    expect(where(all, address)).toBe(expected)
  })

  it('reads a modifier that no blank follows', () => {
    expect(where('location ~^/ws { } location / { }', '/ws/')).toBe('~^/ws')
    expect(where('location =/ws { } location / { }', '/ws')).toBe('=/ws')
  })

  it('does not tell where Ruby decides, or a regular expression cannot be followed', () => {
    expect(where('location / { } <% if a %> location /ws/ { } <% end %>', '/ws/')).toBe('?')
    expect(where('location / { } <% if a %> location /ws/ { } <% end %>', '/other')).toBe('/')
    expect(where('location / { } location <%= x %> { }', '/ws/')).toBe('?')
    expect(where('location / { } location ~ (?=ws) { }', '/ws/')).toBe('?')
  })
})

describe('serverOf', () => {
  it('takes the one on the port of the dyno', () => {
    const two = 'http { server { listen 8080; } server { listen <%= ENV.fetch("PORT") %>; server_name b; } }'
    expect(serverOf(config(two))?.[1]?.block?.[1]?.words[0]?.text).toBe('b')
    expect(serverOf(config('http { server { listen 80; } server { listen 81; } }'))).toBeUndefined()
    expect(serverOf(config('<% if a %>http { server { listen 80; } }<% end %>'))).toBeUndefined()
  })
})

describe('readConfig', () => {
  it('follows what is included from the repository, and marks what is not', () => {
    const files = {
      'config/ws.conf': 'location /ws/ { }',
      'config/a/x.conf': 'gzip on;',
      'config/a/y.txt': 'gzip off;',
    }
    const names = (text: string) => config(text, files).directives.map(({ name }) => name)
    expect(names('include ws.conf; include /app/config/ws.conf; include mime.types;')).toEqual(['location', 'location'])
    expect(names('include a/*.conf;')).toEqual(['gzip'])
    expect(names('include proxy_params; include /etc/x; <%= y %>')).toEqual(['(open)', '(open)', '(open)'])
    expect(config('include ws.conf;', { 'config/ws.conf': 'location {' }).problem?.file).toBe('config/ws.conf')
    expect(names('include me;')).toEqual(['(open)'])
    expect(config('include me;', { 'config/me': 'include me;' }).directives.map(({ name }) => name)).toEqual(['(open)'])
  })
})

describe('servingOf', () => {
  const kind = (server: string) => servingOf(config(http(server)), '/ws/').kind
  it('tells a proxy from what it cannot follow', () => {
    expect(kind('location / { proxy_pass http://a; }')).toBe('proxy')
    expect(kind('location / { proxy_pass http://a/; }')).toBe('proxy')
    expect(kind('location / { proxy_pass http://unix:/tmp/x.sock; }')).toBe('proxy')
    expect(kind('location / { if ($x) { return 301 https://a; } proxy_pass http://a; }')).toBe('proxy')
    expect(kind('location / { try_files $uri @a; } location @a { proxy_pass http://a; }')).toBe('proxy')
    for (const other of [
      'location / { root /app; }',
      'location /ws/ { proxy_pass http://a/; }',
      'location / { rewrite ^ /x; proxy_pass http://a; }',
      'location / { return 404; proxy_pass http://a; }',
      'location / { if ($http_upgrade) { return 418; } proxy_pass http://a; }',
      'location / { if ($http_upgrade) { proxy_pass http://b; } proxy_pass http://a; }',
      'location / { try_files $uri /index.html; proxy_pass http://a; }',
      'location / { <% if x %> proxy_pass http://a; <% end %> }',
      'location / { include x; proxy_pass http://a; }',
      'rewrite ^ /x; location / { proxy_pass http://a; }',
    ])
      expect(kind(other), other).toBe('unknown')
  })
})

describe('textFor', () => {
  const of = (value: string, location = '', more = '') => {
    const serving = servingOf(
      config(http(`location / { ${location} proxy_pass http://a; proxy_bind ${value}; }`, more)),
      '/',
    )
    if (serving.kind === 'unknown') throw new Error(serving.why.en)
    const word = serving.chain.at(-1)?.block?.at(-1)?.words[0]
    return textFor(word, serving.chain, { http_upgrade: 'websocket' })
  }
  it('puts in what a request holds, what a map makes of it and what is set', () => {
    const map = "map $http_upgrade $c { default upgrade; '' close; }"
    expect(of('upgrade')).toBe('upgrade')
    expect(of('$http_upgrade')).toBe('websocket')
    expect(of('$c', '', map)).toBe('upgrade')
    expect(of('"a ${c}"', '', map)).toBe('a upgrade')
    expect(of('$c', '', 'map $http_upgrade $c { default close; WebSocket upgrade; }')).toBe('upgrade')
    expect(of('$c', '', 'map $http_upgrade $c { "" close; }')).toBe('')
    expect(of('$c', 'set $c "upgrade";')).toBe('upgrade')
  })
  it('does not guess', () => {
    expect(of('$host')).toBeUndefined()
    expect(of('$c', '', 'map $http_upgrade $c { ~web upgrade; }')).toBeUndefined()
    expect(of('$c', '', 'map $arg_x $c { default upgrade; }')).toBeUndefined()
    expect(of('$c', '', 'map $http_upgrade $c { <% if x %> default upgrade; <% end %> }')).toBeUndefined()
    expect(of('$c', 'if ($x = 1) { set $c upgrade; }')).toBeUndefined()
    expect(of('<%= x %>')).toBeUndefined()
  })
})
