import type { Span } from '../../../src/contracts/place.ts'
import { perFile } from '../../../src/files/per-file.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
import { parsedFile } from '../../../src/syntax/python/file.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

/** A migration that another one follows, by the label of its app and its name. */
export interface Dependency {
  readonly app: string
  readonly name: string
  /** Where it stands in the file. */
  readonly span: Span
}

/** The migrations that a module's one depends on; undefined where they cannot be read, or more than they decide. */
export const dependenciesIn = perFile((source): readonly Dependency[] | undefined => {
  const { body } = parsedFile(source).module
  const classes = body.flatMap((statement) =>
    statement.kind === 'ClassDef' && statement.name === 'Migration' ? [statement] : [],
  )
  const [migration, ...others] = classes
  if (migration === undefined || others.length > 0 || migration.decorators.length > 0) return undefined
  // Another base may say what it depends on.
  const [base, ...bases] = migration.bases
  const isDjangos = base?.kind === 'Attribute' && base.attr === 'Migration' && base.value.kind === 'Name'
  if (!isDjangos || bases.length > 0) return undefined
  const set = (name: string) =>
    migration.body.flatMap((statement) =>
      statement.kind === 'Assign' && statement.targets.some((target) => target.kind === 'Name' && target.id === name)
        ? [statement.value]
        : [],
    )
  const uses = new Map<string, number>()
  walk(parsedFile(source).module, (node) => {
    const name = node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr : ''
    uses.set(name, (uses.get(name) ?? 0) + 1)
  })
  if (uses.has('replaces') || uses.has('run_before')) return undefined
  const [list] = set('dependencies')
  // Assigned once and plainly, or nobody says anything of them.
  if ((uses.get('dependencies') ?? 0) !== (list === undefined ? 0 : 1)) return undefined
  if (list === undefined) return []
  if (list.kind !== 'List' && list.kind !== 'Tuple') return undefined
  const found = list.elts.map(dependencyOf)
  return found.every((one) => one !== undefined) ? found.filter((one) => one !== 'setting') : undefined
})

/** `('chat', '0001_initial')`; the first one of a setting's app: `migrations.swappable_dependency(settings.AUTH_USER_MODEL)`. */
function dependencyOf(node: Expression): Dependency | 'setting' | undefined {
  if (node.kind === 'Call') return 'setting'
  const [app, name] = node.kind === 'Tuple' || node.kind === 'List' ? node.elts.map(literalText) : []
  return app === undefined || name === undefined ? undefined : { app, name, span: { start: node.start, end: node.end } }
}

/** Whether the migration says that it follows the first one of the user model's app (`migrations.swappable_dependency`). */
export const followsUser = perFile((source): boolean => {
  let found = false
  walk(parsedFile(source).module, (node) => {
    found ||= node.kind === 'Attribute' && node.attr === 'swappable_dependency'
  })
  return found
})
