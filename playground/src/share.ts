import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import * as v from 'valibot'
import type { Language } from '../../src/contracts/text.ts'
import type { Project } from './contract.ts'

/** A project in the fragment of an address, which a browser sends to nobody: JSON, deflated, as base64 for addresses. */

export interface Shared {
  readonly project: Project
  readonly language: Language
  /** The file that is shown. */
  readonly open: string
}

const shape = v.object({
  version: v.literal(1),
  files: v.array(v.tuple([v.string(), v.string()])),
  env: v.array(v.tuple([v.string(), v.union([v.string(), v.literal(false)])])),
  addons: v.optional(v.array(v.string())),
  language: v.picklist(['en', 'fr']),
  open: v.string(),
})

/** Browsers take longer ones; what people paste them into does not. */
const longest = 100_000
/** A fragment of that length may unpack to a thousand times as much. */
const largest = 8 * 1024 * 1024

/** The fragment without `#`; undefined when it would be too long. Files that are no text are left out. */
export function fragmentOf({ project, language, open }: Shared): string | undefined {
  const { files, env, addons } = project
  const texts = Object.entries(files).filter(([, content]) => typeof content === 'string')
  const text = JSON.stringify({ version: 1, files: texts, env: Object.entries(env), addons, language, open })
  const out = toBase64(deflateSync(strToU8(text), { level: 9 }))
  return out.length > longest ? undefined : out
}

/** What a fragment holds; undefined for one that is none of ours. */
export function sharedIn(fragment: string): Shared | undefined {
  try {
    const found = v.parse(shape, JSON.parse(strFromU8(inflated(fromBase64(fragment)))))
    const { files, env, addons, language, open } = found
    return { project: { files: Object.fromEntries(files), env: Object.fromEntries(env), addons }, language, open }
  } catch {
    return undefined
  }
}

function inflated(bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = []
  let sum = 0
  const inflate = new Inflate((part) => {
    sum += part.length
    if (sum > largest) throw new RangeError('too large')
    parts.push(part)
  })
  // By pieces: what unpacks to too much is noticed before all of it is there.
  const piece = 4096
  for (let at = 0; at < bytes.length; at += piece)
    inflate.push(bytes.subarray(at, at + piece), at + piece >= bytes.length)
  const out = new Uint8Array(sum)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64(text: string): Uint8Array {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}
