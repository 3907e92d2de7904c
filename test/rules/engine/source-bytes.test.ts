import { describe, expect, it } from 'vitest'
import rule from '../../../rules/engine/parse-error/rule.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { run } from '../../../src/engine/run.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appIn } from '../../support/app.ts'

const source = 'from channels.generic.websocket import WebsocketConsumer\n'
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string) => Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0), 0]))
const latin1 = (text: string) => Uint8Array.from([...text].map((c) => c.charCodeAt(0)))
const after = (start: readonly number[], bytes: Uint8Array) => Uint8Array.from([...start, ...bytes])

// Which of them Python imports was seen with CPython 3.11 (`import` of a module of these bytes).
const cases: readonly [what: string, bytes: Uint8Array, problem: string | undefined][] = [
  ['a NUL in a comment', utf8(`${source}# a\0b\n`), 'NUL'],
  ['UTF-16 with its mark, as PowerShell writes', after([0xff, 0xfe], utf16(source)), 'not valid utf-8'],
  ['UTF-16 without', utf16(source), 'NUL'],
  ['a UTF-8 mark', after([0xef, 0xbb, 0xbf], utf8(source)), undefined],
  ['latin-1 that says so', latin1(`# -*- coding: latin-1 -*-\n${source}# café\n`), undefined],
  ['latin-1 that does not', latin1(`${source}# café\n`), 'not valid utf-8'],
  ['UTF-8 that says ascii', utf8(`# coding: ascii\n${source}# café\n`), 'not valid ascii'],
  ['UTF-8 that says latin-1', utf8(`# coding: latin-1\n${source}# café\n`), undefined],
  ['an encoding that nobody knows', utf8(`# coding: utf-9\n${source}`), 'utf-9'],
  ['two marks that contradict', after([0xef, 0xbb, 0xbf], utf8(`# coding: latin-1\n${source}`)), 'latin-1'],
]

describe('the bytes of a module', () => {
  it.each(cases)('%s', (_, bytes, problem) => {
    const app = appIn(
      memoryTree({
        Procfile: 'web: daphne mysite.asgi:application -b 0.0.0.0 -p $PORT\n',
        'requirements.txt': 'Django==5.2\nchannels==4.2.2\ndaphne==4.2.3\n',
        'mysite/__init__.py': '',
        'mysite/settings.py': "SECRET_KEY = 'x'\nINSTALLED_APPS = ['channels']\n",
        'mysite/asgi.py': 'from mysite import consumers\napplication = consumers.WebsocketConsumer.as_asgi()\n',
        'mysite/consumers.py': bytes,
      }),
    )
    const told = run(app, [rule], defaultConfig).findings.map(
      ({ at, message, hop }) => `${at.file} ${hop} ${message.en}`,
    )
    if (problem === undefined) expect(told).toEqual([])
    else {
      expect(told).toHaveLength(1)
      expect(told[0]).toContain('mysite/consumers.py boot')
      expect(told[0]).toContain(problem)
    }
  })
})
