import { unzipSync } from 'fflate'
import { maxFileBytes } from '../../src/files/limits.ts'
import type { Answer, FileChanges, Files, Kind, Request, Requests } from './contract.ts'
import { isWanted } from './dropped.ts'
import { fix, view, why } from './engine.ts'

/** The engine beside the page: typing never waits for it. */

type Doing = { [K in Kind]: (ask: Requests[K]['ask']) => Promise<Requests[K]['answer']> }

const today = (): string => new Date().toISOString().slice(0, 10)

const doing: Doing = {
  check: ({ project, language }) => view(project, language, today()),
  why: ({ project, language, about }) => why(project, about, language, today()),
  fix: ({ project, language, key, title }) => fix(project, { key, title }, language, today()),
  unzip: async ({ bytes }) => unzipSync(bytes, { filter: zipFilter() }),
}

/** What is unpacked of a zip, up to a sum that no app needs: a small file may hold very much. */
function zipFilter(): (file: { readonly name: string; readonly originalSize: number }) => boolean {
  let sum = 0
  return ({ name, originalSize }) => {
    if (name.endsWith('/') || !isWanted(name) || originalSize > maxFileBytes) return false
    sum += originalSize
    if (sum > 10 * maxFileBytes) throw new RangeError('zip: more than 120 MiB')
    return true
  }
}

/** The files as the page has them. */
let files: Files = {}

function changed({ set, gone }: FileChanges): Files {
  const next = { ...files, ...set }
  for (const path of gone) delete next[path]
  return next
}

self.addEventListener('message', async ({ data }: MessageEvent<Request>) => {
  const { id, kind, changes } = data
  files = changed(changes)
  const ask = 'project' in data.ask ? { ...data.ask, project: { ...data.ask.project, files } } : data.ask
  let answer: Answer
  try {
    answer = { id, answer: await (doing[kind] as (ask: unknown) => Promise<Requests[Kind]['answer']>)(ask) }
  } catch (error) {
    answer = { id, error: String(error) }
  }
  self.postMessage(answer)
})
