import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readKept } from '../../src/cli/kept-program.ts'

/** What is read here is executed: it is all of what was written for this source, or nothing. */

let scratch: string
let file: string
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'dynolint-kept-'))
  file = join(scratch, 'check.js-1')
})
afterEach(() => {
  rmSync(scratch, { recursive: true, force: true })
})

const sha256 = (content: string | Buffer): Buffer => createHash('sha256').update(content).digest()
const source = sha256('the source')
const program = Buffer.from('what V8 made of it')
const kept = Buffer.concat([source, sha256(program), program])
const put = (bytes: Buffer): void => writeFileSync(file, bytes, { mode: 0o600 })

describe('a kept program', () => {
  it('is read back as it was written', () => {
    put(kept)
    expect(readKept(file, source)).toEqual(program)
  })

  it('is none of another source, and none where there is no file', () => {
    put(kept)
    expect(readKept(file, sha256('another'))).toBeUndefined()
    expect(readKept(join(scratch, 'nowhere'), source)).toBeUndefined()
  })

  it('is none with any bit turned, any byte less or one more', () => {
    for (let at = 0; at < kept.length; at++) {
      const damaged = Buffer.from(kept)
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8))
      put(damaged)
      expect(readKept(file, source), `byte ${at}`).toBeUndefined()
      put(kept.subarray(0, at))
      expect(readKept(file, source), `${at} bytes`).toBeUndefined()
    }
    put(Buffer.concat([kept, Buffer.from([0])]))
    expect(readKept(file, source)).toBeUndefined()
  })

  it.each([0o660, 0o606])('is none that others may write (%o)', (mode) => {
    put(kept)
    chmodSync(file, mode)
    expect(readKept(file, source)).toBeUndefined()
  })

  it('is no link, no folder and no pipe, on which nobody waits', () => {
    const elsewhere = join(scratch, 'elsewhere')
    writeFileSync(elsewhere, kept, { mode: 0o600 })
    symlinkSync(elsewhere, file)
    expect(readKept(file, source)).toBeUndefined()
    rmSync(file)
    mkdirSync(file)
    expect(readKept(file, source)).toBeUndefined()
    rmSync(file, { recursive: true })
    if (spawnSync('mkfifo', [file]).status === 0) expect(readKept(file, source)).toBeUndefined()
  })
})
