import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { decode } from '../../../src/files/decode.ts'
import { decodeRequirements } from '../../../src/syntax/requirements/encoding.ts'
import { ourLines } from './ours.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/torture.json'), 'utf8')) as {
  name: string
  bytes: string
  pip: unknown
}[]

/** The tree that run.ts lays out around the files. */
const surroundings: Readonly<Record<string, 'file' | 'directory'>> = {
  '.': 'directory',
  '..': 'directory',
  './local': 'directory',
  'local/': 'directory',
  local: 'directory',
  './local/setup.py': 'file',
  'local//setup.py': 'file',
  './empty': 'directory',
  'local.tar.gz': 'file',
}

describe('requirements files that pip reads in ways one would not guess', () => {
  for (const { name, bytes, pip } of vectors) {
    test(name, () => {
      const decoded = decodeRequirements(decode(name, new Uint8Array(Buffer.from(bytes, 'base64'))))
      if (typeof pip === 'string') expect(decoded.state).toBe('undecodable')
      else expect(ourLines(decoded.text, (path) => surroundings[path])).toEqual(pip)
    })
  }
})
