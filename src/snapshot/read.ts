import * as v from 'valibot'
import type { Place } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'
import type { SourceFile } from '../files/tree.ts'
import type { Written } from '../syntax/data.ts'
import { at, contentOf, type DataNode, entriesOf, insideQuotes, itemsOf, plainOf, textOf } from '../syntax/data.ts'
import { parseJson } from '../syntax/json/json.ts'
import type { AttachedAddon, RunningDynos, Snapshot, SnapshotDocument } from './model.ts'
import { snapshotSchema } from './schema.ts'
import type { Shape } from './shapes.ts'

/** Why a file is no snapshot. */
export interface SnapshotFault {
  readonly message: Text
}

/**
 * Reads what `dynolint snapshot` wrote, with the place of every fact. Nothing of a file that does not fit the format is
 * shown or used: it may be something else, with secrets in it.
 */
export function readSnapshot(file: SourceFile): Snapshot | SnapshotFault {
  const { root, problems } = parseJson(file.text)
  const [broken] = problems
  if (broken !== undefined) return { message: broken.message }
  const parsed = v.safeParse(snapshotSchema(), root && plainOf(root))
  if (!parsed.success) {
    const [issue] = parsed.issues
    const path = (issue.path ?? []).map((item) => String(item.key)).join('.')
    return {
      message: {
        en: `it is not a dynolint snapshot (format 1)${path === '' ? '' : `: ${path} is not what it should be`}`,
        fr: `ce n’est pas un instantané dynolint (format 1)${path === '' ? '' : ` : ${path} n’est pas ce qu’il devrait être`}`,
      },
    }
  }
  return locate(file, root, parsed.output as SnapshotDocument)
}

function locate(file: SourceFile, root: DataNode | undefined, document: SnapshotDocument): Snapshot {
  const placeOf = (node: DataNode | undefined): Place => ({
    file: file.path,
    span: node === undefined ? { start: 0, end: 0 } : contentOf(node),
  })
  const written = (node: DataNode): Written => ({ text: textOf(node) ?? '', at: placeOf(node) })
  const nodes = (name: string) => itemsOf(at(root, name))
  const stack = at(root, 'stack')
  const dynos = at(root, 'dynos')
  return {
    file: file.path,
    app: document.app,
    stack: stack && written(stack),
    buildpacks: document.buildpacks && nodes('buildpacks').map(written),
    domains: document.domains?.map((domain, index) => ({
      ...domain,
      at: placeOf(at(nodes('domains')[index], 'name')),
    })),
    addons: document.addons?.map((addon, index): AttachedAddon => {
      const node = nodes('addons')[index]
      return { ...addon, plan: addon.plan, at: placeOf(at(node, 'plan') ?? at(node, 'service')) }
    }),
    dynos: document.dynos?.map(
      (one, index): RunningDynos => ({ ...one, size: one.size, at: placeOf(at(nodes('dynos')[index], 'type')) }),
    ),
    dynosAt: dynos && { file: file.path, span: { start: dynos.span.start, end: dynos.span.start + 1 } },
    config:
      document.config &&
      new Map(
        entriesOf(at(root, 'config')).map(([name, { key, value }]): [string, { shape: Shape; at: Place }] => [
          name,
          { shape: textOf(value) ?? 'secret', at: { file: file.path, span: insideQuotes(key) } },
        ]),
      ),
  }
}

/** The facts of two snapshots; those of the second win. */
export function merged(first: Snapshot | undefined, second: Snapshot): Snapshot {
  if (first === undefined) return second
  return {
    file: first.file,
    app: second.app ?? first.app,
    stack: second.stack ?? first.stack,
    buildpacks: second.buildpacks ?? first.buildpacks,
    domains: second.domains ?? first.domains,
    addons: second.addons ?? first.addons,
    dynos: second.dynos ?? first.dynos,
    dynosAt: second.dynosAt ?? first.dynosAt,
    config: second.config ?? first.config,
  }
}
