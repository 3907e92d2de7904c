import { basename, resolve } from 'node:path'
import type { App } from '../app/app.ts'
import type { AppMemo } from '../app/kept-app.ts'
import { type CheckResult, check } from '../check.ts'
import { configNames } from '../config/names.ts'
import { UsageError } from '../contracts/usage-error.ts'
import { type KeptFiles, keptDisk } from '../files/kept.ts'
import { createMemo } from '../files/memo.ts'
import { disk, type Source } from '../files/source.ts'
import { withoutKnown } from '../open/accepted.ts'
import { type Baseline, namedFrom, readBaseline } from '../open/baseline.ts'
import { configuredBaseline } from '../open/configured-baseline.ts'
import { type OpenedApp, openApp } from '../open/open.ts'
import type { OpenOptions } from '../open/options.ts'
import { guarded } from '../report/masking.ts'
import type { AppReport } from '../report/report.ts'
import type { Buffers } from './buffers.ts'
import { openFiles, withOpenFiles } from './editor-tree.ts'

/** What a check of one app root found, for the texts that were open at that time. */
export interface Checked {
  readonly root: string
  readonly app: App
  /** Without secrets. */
  readonly report: AppReport
  readonly failures: CheckResult['app']['audit']['failures']
  /** Why the baseline of the configuration is left aside. */
  readonly fault: UsageError | undefined
}

/** A project as it was opened, and what its configuration accepts. */
interface Opened {
  readonly input: OpenedApp
  readonly baseline: Baseline | undefined
  readonly fault: UsageError | undefined
}

/** One app root in the editor: checked when somebody asks after something changed. */
export interface EditorProject {
  readonly root: string
  /** What holds now. Asked twice without a change in between, it is the same answer. */
  current(): Promise<Checked>
  /** Whether `current` would have to check. */
  isStale(): boolean
  /** An open document of it was changed. */
  edited(path: string): void
  /** Something on the disk is another, or how the project is to be checked. */
  changed(): void
}

export interface ProjectOptions {
  readonly root: string
  readonly buffers: Buffers
  readonly today: () => string
  /** What the editor says besides the configuration. */
  readonly settings: () => Pick<OpenOptions, 'config' | 'env' | 'facts'>
  /** Whether the client tells of changes on the disk; else it is read anew for each check. */
  readonly watched: () => boolean
}

export function editorProject({ root, buffers, today, settings, watched }: ProjectOptions): EditorProject {
  const kept: KeptFiles = new Map()
  const memo: AppMemo = createMemo()
  let opened: Promise<Opened> | undefined
  let checked: Promise<Checked> | undefined

  async function open(): Promise<Opened> {
    const source: Source = {
      ...disk,
      tree: (folder, options) => keptDisk(folder, kept, options),
      configTree(folder) {
        const saved = keptDisk(folder, new Map())
        return withOpenFiles(saved, openFiles(folder, saved, buffers.all()))
      },
    }
    const input = await openApp(root, settings(), { cwd: root, today: today() }, source)
    try {
      const name = await configuredBaseline(root, settings(), root, source)
      return { input, baseline: name === undefined ? undefined : readBaseline(name, root, false), fault: undefined }
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      return { input, baseline: undefined, fault: error }
    }
  }

  /** Without what the baseline of the configuration accepts, as on the command line. */
  function shown(report: AppReport, baseline: Baseline | undefined): AppReport {
    if (baseline === undefined) return report
    const { findings, folder } = baseline
    const exists = (file: string): boolean => disk.kindOf(resolve(folder, file)) !== undefined
    return withoutKnown(report, 'baseline', findings, namedFrom(folder, root), exists).app
  }

  async function run(): Promise<Checked> {
    if (!watched()) opened = undefined
    opened ??= open()
    const { input, baseline, fault } = await opened
    const tree = withOpenFiles(input.tree, openFiles(root, input.tree, buffers.all()))
    const { app, report } = check({ ...input, today: today(), tree, memo })
    const { failures } = app.audit
    return { root, app, report: guarded(shown({ root: '.', ...report }, baseline)), failures, fault }
  }

  return {
    root,
    current() {
      checked ??= run()
      return checked
    },
    isStale: () => checked === undefined,
    edited(path) {
      checked = undefined
      // A configuration may stand above the root, and is read when the project is opened.
      if ((configNames as readonly string[]).includes(basename(path))) opened = undefined
    },
    changed() {
      opened = undefined
      checked = undefined
    },
  }
}
