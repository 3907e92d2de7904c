import { createInterface } from 'node:readline'
import { readCase } from './case.ts'
import { corrected } from './mended.ts'
import { NotHere, type Played, play } from './play.ts'
import { filesOf, projectWith } from './projects/files.ts'
import { caseOf, type ListedProject } from './projects/list.ts'

export interface ProjectOrder {
  readonly listed: ListedProject
  /** What has been installed for it (absolute). */
  readonly venv: string | undefined
  /** The folder of its files, as the worker sees it (absolute). */
  readonly tree: string
}

/** What a worker answers to one case, as one line of JSON. */
export type Reply = Played | { readonly why: string }

interface Order {
  readonly name: string
  readonly source: string
  readonly keep: boolean
  /** Played as the corrections leave it. */
  readonly mended?: boolean
  /** A public project instead of a case: `source` is its entry, as JSON. */
  readonly project?: ProjectOrder
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line) as Order))}\n`)
}

async function answer({ name, source, keep, project, mended }: Order): Promise<Reply> {
  try {
    if (project !== undefined) {
      return await play(caseOf(project.listed, project.venv), { keep, project: projectWith(filesOf(project.tree)) })
    }
    const one = readCase(name, source)
    return await play(one, mended ? { keep, project: (await corrected(one)).project } : { keep })
  } catch (error) {
    if (error instanceof NotHere) return { why: error.message }
    return { why: `rig: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}` }
  }
}
