import { describe, expect, it } from 'vitest'
import { read, shown, urls } from './sockets.ts'

/** The addresses of the sockets that a page with these elements opens by a file of its own. */
function addresses(script: string, page: string, more: Record<string, string> = {}): string[] {
  return urls(script, { 'templates/index.html': `${page}<script src="/static/chat.js"></script>`, ...more })
}

describe('what a page gives its scripts', () => {
  it('reads the attributes of an element, however it is asked for', () => {
    const page = '<body data-live-url="/ws/chat/" id="page" class="wide chat">'
    for (const element of [
      'document.body',
      "document.getElementById('page')",
      "document.querySelector('#page')",
      "document.querySelector('.chat')",
      "document.querySelector('body')",
      "document.querySelector('[data-live-url]')",
    ])
      expect(addresses(`new WebSocket(${element}.dataset.liveUrl)`, page), element).toEqual(['/ws/chat/'])
    for (const read of [
      "document.body.getAttribute('data-live-url')",
      "$('#page').data('live-url')",
      "$('#page').attr('data-live-url')",
    ])
      expect(addresses(`const url = ${read}; new WebSocket(url)`, page), read).toEqual(['/ws/chat/'])
  })

  it('reads the value of a field and the content of a meta tag, entities as what they stand for', () => {
    expect(
      addresses(
        "new WebSocket(document.getElementById('u').value)",
        '<input type="hidden" id="u" value="wss://a.b/x?y=1&amp;z=2">',
      ),
    ).toEqual(['wss://a.b/x?y=1&z=2'])
    // The visitor writes what a field without that type holds.
    expect(
      addresses("new WebSocket(document.getElementById('u').value)", '<input id="u" value="wss://a.b/x">'),
    ).toEqual(['<u>'])
    expect(
      addresses("new WebSocket(document.querySelector('#u').content)", '<meta id="u" content="/ws/{{ room.slug }}/">'),
    ).toEqual(['/ws/<room.slug>/'])
  })

  it('reads a script that stands in the page itself, and an element that a page around it writes', () => {
    const script = '<script>const { host } = location; new WebSocket(`wss://${host}${box.dataset.path}`)</script>'
    const files = {
      'templates/index.html': `<p id="box" data-path="/ws/a/"></p><script>const box = document.getElementById("box")</script>${script}`,
    }
    expect(read(files).sockets.map(({ urls: [url] }) => shown(url?.path))).toEqual(['/ws/a/'])
    const base = { 'templates/base.html': '<body data-path="/ws/b/">{% block content %}{% endblock %}</body>' }
    expect(addresses('new WebSocket(document.body.dataset.path)', '{% extends "base.html" %}', base)).toEqual([
      '/ws/b/',
    ])
  })

  it('does not say which of several elements is meant, nor what no page has', () => {
    const other = { 'templates/other.html': '<body data-path="/ws/b/"><script src="/static/chat.js"></script></body>' }
    for (const [page, more] of [
      ['<body data-path="/ws/a/">', other],
      ['<body>', {}],
    ] as const)
      expect(addresses('new WebSocket(document.body.dataset.path)', page, more)).toEqual(['<document.body.path>'])
  })

  it('takes what a script gives the element itself for no text of the page', () => {
    const page = '<input type="hidden" id="u" data-live-url="/ws/a/" value="/ws/a/">'
    const field = "document.getElementById('u')"
    for (const set of [
      `${field}.value = choose(); new WebSocket(${field}.value)`,
      "$('#u').val(choose()); new WebSocket($('#u').val())",
      `${field}.dataset.liveUrl = choose(); new WebSocket(${field}.dataset.liveUrl)`,
    ])
      expect(addresses(set, page), set).not.toContain('/ws/a/')
    for (const other of [
      `document.getElementById('message').value = ''; new WebSocket(${field}.value)`,
      "$('#message').val(''); $('#u').val(); new WebSocket($('#u').val())",
      `${field}.dataset.room = 'a'; new WebSocket(${field}.dataset.liveUrl)`,
    ])
      expect(addresses(other, page), other).toEqual(['/ws/a/'])
  })

  it('reads what json_script writes below the same tag of the template as the script', () => {
    const script =
      "<script>const url = JSON.parse(document.getElementById('url').textContent); new WebSocket(url)</script>"
    const names = (page: string) =>
      read({ 'templates/index.html': page }).sockets[0]?.urls[0]?.parts.map(
        (part) => typeof part !== 'string' && part.kind,
      )
    const value = '{{ socket_url|json_script:"url" }}'
    expect(names(`{% if user.is_authenticated %}${value}${script}{% endif %}`)).toEqual(['server'])
    expect(names(`{% if user.is_authenticated %}${value}{% endif %}${script}`)).toEqual(['value'])
    expect(names(`{% if a %}${value}{% else %}${script}{% endif %}`)).toEqual(['value'])
  })

  it('reads what json_script writes only where the text of that element is parsed', () => {
    const page = '{{ socket_url|json_script:"url" }}'
    const given = read({
      'static/chat.js': "const url = JSON.parse(document.getElementById('url').textContent); new WebSocket(url)",
      'templates/index.html': `${page}<script src="/static/chat.js"></script>`,
    })
    expect(given.sockets[0]?.urls[0]?.parts).toMatchObject([{ name: 'socket_url', kind: 'server' }])
    const raw = read({
      'static/chat.js': "new WebSocket(document.getElementById('url').textContent)",
      'templates/index.html': `${page}<script src="/static/chat.js"></script>`,
    })
    expect(raw.sockets[0]?.urls[0]?.parts).toMatchObject([{ kind: 'value' }])
    const other = read({
      'static/chat.js': "new WebSocket(settings.parse(document.getElementById('url').textContent))",
      'templates/index.html': `${page}<script src="/static/chat.js"></script>`,
    })
    expect(other.sockets[0]?.urls[0]?.parts).toMatchObject([{ kind: 'value' }])
  })

  it('resolves a path of the page against its address', () => {
    const script = `const url = new URL(document.body.dataset.live, location.href)
url.protocol = url.protocol.replace('http', 'ws')
new WebSocket(url)`
    expect(addresses(script, '<body data-live="/live/pass/">')).toEqual(['wss://<location.host>/live/pass/'])
  })

  it('reads what a method of one class of the project returns, and no other', () => {
    const page = '<script>new WebSocket("wss://" + location.host + "{{ room.get_live_url }}")</script>'
    const models = (body: string) => ({
      'templates/index.html': page,
      'chat/models.py': `from django.db import models\n\nclass Room(models.Model):\n    ${body}\n`,
    })
    const path = (files: Record<string, string>) => shown(read(files).sockets[0]?.urls[0]?.parts)
    const method = 'def get_live_url(self):\n        return f"/live/{self.pk}/"'
    expect(path(models(method))).toBe('wss://<location.host>/live/<pk>/')
    const unknown = 'wss://<location.host><room.get_live_url>'
    expect(path({ ...models(method), 'shop/models.py': `class Shop:\n    ${method}\n` })).toBe(unknown)
    expect(
      path(models('def get_live_url(self):\n        if self.pk:\n            return "/a/"\n        return "/b/"')),
    ).toBe(unknown)
    expect(path(models('def get_live_url(self):\n        return reverse("live")'))).toBe(unknown)
    expect(path(models('def get_live_url(self, name):\n        return f"/live/{name}/"'))).toBe(unknown)
    expect(path(models('def get_live_url(self, kind="a"):\n        return f"/live/{self.pk}/"'))).not.toBe(unknown)
    expect(path(models(`@property\n    ${method}`))).toBe('wss://<location.host>/live/<pk>/')
    expect(path(models(`@signed\n    ${method}`))).toBe(unknown)
    expect(path(models(`if FAST:\n        def get_live_url(self): return "/fast/"\n    ${method}`))).toBe(unknown)
  })

  it('knows the port behind the router', () => {
    const url = (address: string) =>
      read({ 'templates/index.html': `<script>new WebSocket("${address}")</script>` }).sockets[0]?.urls[0]
    const port = '{{ request.META.SERVER_PORT }}'
    expect(url(`wss://{{ request.META.HTTP_HOST }}:${port}/a/`)?.host).toMatchObject({
      kind: 'page',
      port: 'request.META.SERVER_PORT',
    })
    expect(url('wss://{{ request.META.HTTP_HOST }}:{{ port }}/a/')?.host.port).toBeUndefined()
    expect(url(`wss://{{ request.get_host }}/a/${port}/`)?.host.port).toBeUndefined()
  })
})
