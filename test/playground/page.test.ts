import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { changesOf } from '../../playground/src/client.ts'
import { appFiles, isWanted, readPicked, textOf } from '../../playground/src/dropped.ts'
import { fragmentOf, sharedIn } from '../../playground/src/share.ts'
import { words } from '../../playground/src/words.ts'
import { repository } from '../support/trees.ts'

describe('the fragment of the address', () => {
  it('holds any project of texts', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
        fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.constant(false as const))),
        fc.option(fc.array(fc.string()), { nil: undefined }),
        (files, env, addons) => {
          const shared = { project: { files, env, addons }, language: 'fr' as const, open: 'Procfile' }
          const fragment = fragmentOf(shared)
          expect(fragment).toMatch(/^[\w-]*$/)
          expect(sharedIn(fragment ?? '')).toEqual(JSON.parse(JSON.stringify(shared)))
        },
      ),
      { numRuns: 100 },
    )
  })

  it('is refused when it is none of ours, cut off, or unpacks to more than any project', () => {
    fc.assert(fc.property(fc.string(), (text) => sharedIn(text) === undefined))
    const whole = fragmentOf({ project: { files: { a: 'b' }, env: {}, addons: [] }, language: 'en', open: '' }) ?? ''
    expect(sharedIn(whole)).toBeDefined()
    expect(sharedIn(whole.slice(0, -4))).toBeUndefined()
    const bomb = Buffer.from(deflateSync(new Uint8Array(64 * 1024 * 1024))).toString('base64url')
    expect(sharedIn(bomb)).toBeUndefined()
  })

  it('leaves out what is no text, and is not made of what would be too long', () => {
    const shared = (files: Record<string, string | Uint8Array>) =>
      ({ project: { files, env: {}, addons: undefined }, language: 'en', open: '' }) as const
    const fragment = fragmentOf(shared({ a: 'text', b: new Uint8Array([0]) }))
    expect(sharedIn(fragment ?? '')?.project.files).toEqual({ a: 'text' })
    let state = 1
    const noise = Array.from({ length: 100_000 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return String.fromCharCode(0x21 + ((state >>> 16) % 90))
    })
    expect(fragmentOf(shared({ a: noise.join('') })) === undefined).toBe(true)
  })
})

describe('what is sent to the engine', () => {
  it('is what changed of the files', () => {
    const before = { a: '1', b: '2', c: '3' }
    expect(changesOf({}, before)).toEqual({ set: before, gone: [] })
    expect(changesOf(before, { a: '1', b: '4', d: '' })).toEqual({ set: { b: '4', d: '' }, gone: ['c'] })
  })
})

describe('what is dropped', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text))

  it('starts at the folder that Heroku deploys', () => {
    const zip = {
      'repo-main/README.md': bytes('r'),
      'repo-main/app/Procfile': bytes('p'),
      'repo-main/app/a/b.py': bytes('b'),
    }
    expect(appFiles(zip)).toEqual({ Procfile: 'p', 'a/b.py': 'b' })
    expect(appFiles({ 'x/manage.py': bytes('m'), 'x/y/z.py': bytes('z') })).toEqual({ 'manage.py': 'm', 'y/z.py': 'z' })
    expect(appFiles({})).toEqual({})
  })

  it('is a text only where writing it back gives the same bytes', () => {
    expect(textOf(bytes('é\r\n'))).toBe('é\r\n')
    for (const other of [[0xe9], [0xef, 0xbb, 0xbf, 0x61], [0x61, 0]]) {
      expect(textOf(new Uint8Array(other))).toBeInstanceOf(Uint8Array)
    }
  })

  it('is a zip of any size that fits in memory, and files as large as those of the disk', async () => {
    const file = (name: string, size: number) =>
      ({ name, size, webkitRelativePath: '', arrayBuffer: async () => new ArrayBuffer(1) }) as File
    const read = await readPicked([file('repo.zip', 50e6), file('a.py', 13 * 1024 * 1024), file('b.py', 1)])
    expect(Object.keys(read)).toEqual(['repo.zip', 'b.py'])
  })

  it('is not read where nothing was written for the app', () => {
    expect(['.git/config', 'a/node_modules/b.js', 'venv/lib/x.py'].filter(isWanted)).toEqual([])
    expect(['Procfile', '.python-version', 'environments/a.py'].filter(isWanted)).toHaveLength(3)
  })
})

describe('the page', () => {
  it('has the words that stand in it before it speaks', () => {
    const html = readFileSync(join(repository, 'playground/index.html'), 'utf8')
    const written = [...html.matchAll(/data-word="(\w+)"[^>]*>([^<]*)</g)]
    expect(written.length).toBeGreaterThan(8)
    for (const [, word, text] of written) expect(text).toBe(words[word as keyof typeof words].en)
  })
})
