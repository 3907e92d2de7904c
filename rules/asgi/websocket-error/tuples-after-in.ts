import type { App } from '../../../src/app/app.ts'
import type { Moment } from '../../../src/app/asgi/consumer-code.ts'
import { textAt } from '../../../src/app/asgi/module-constants.ts'
import { bodyOf, type Standing, surelyDotted } from '../../../src/app/asgi/project-functions.ts'
import { codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { defaultDatabases } from '../../../src/app/settings/databases.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { bindingsOf, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'
import { reachedFunctions } from './reached-functions.ts'

/** A query of one's own that hands a tuple over after IN. */
export interface TupleAfterIn {
  readonly at: Place
  readonly moment: Moment
  readonly when: readonly Condition[]
}

/**
 * Queries with `IN %s` for which a tuple is given: psycopg2 writes a list in brackets for it, psycopg 3 a row of a composite type, which is
 * no syntax after IN (psycopg: differences from psycopg2). Django takes psycopg 3 where it is installed, from 4.2 on.
 */
export function tuplesAfterIn(app: App): TupleAfterIn[] {
  const { dependencies } = app
  const code = codeOf(app)
  if (!code.files.some((path) => /\bIN\s+%[s(]/i.test(code.source(path)?.text ?? ''))) return []
  if (atLeast(dependencies, 'psycopg', '3') !== true || atLeast(dependencies, 'django', '4.2') === false) return []
  const answer = verdict(defaultDatabases(app), ({ engine }) =>
    engine === undefined ? undefined : /^(?:postgresql|postgresql_psycopg2|postgis)$/.test(engine),
  )
  if (answer.state !== 'holds') return []
  return reachedFunctions(app).flatMap(({ of, moment }) => {
    const standing = bodyOf(of)
    const found: TupleAfterIn[] = []
    walk(of.node, (node) => {
      const [query, given] = node.kind === 'Call' && isQuery(node, of.node, standing) ? node.args : []
      const names = { function: of.node, attributes: new Map() }
      const sql = query && (textAt(query, { code, file: of.file, names }) ?? localText(query, of.node))
      const tuple = sql === undefined || given === undefined ? undefined : tupleAfterIn(sql, given, of.node)
      if (tuple !== undefined) found.push({ at: placeIn(of.file, tuple), moment, when: answer.when })
    })
    return found
  })
}

const localText = (node: Expression, around: FunctionDef): string | undefined =>
  node.kind === 'Name' ? literalText(onlyAssignment(around, node.id)) : undefined

/** `cursor.execute()` on the default connection of Django, `Room.objects.raw()`. */
function isQuery({ func }: Call, around: FunctionDef, standing: Standing): boolean {
  if (func.kind !== 'Attribute') return false
  const { attr, value } = func
  if (attr === 'raw') return value.kind === 'Attribute' && value.attr === 'objects'
  if (attr !== 'execute' || value.kind !== 'Name') return false
  const [only, ...others] = bindingsOf(around).get(value.id) ?? []
  const made = only?.value ?? contextOf(value.id, around)
  const opened =
    made?.kind === 'Call' && made.func.kind === 'Attribute' && made.func.attr === 'cursor' ? made.func : undefined
  return others.length === 0 && opened !== undefined && surelyDotted(opened.value, standing) === 'django.db.connection'
}

/** What a `with` block opens under a name. */
function contextOf(name: string, around: FunctionDef): Expression | undefined {
  let found: Expression | undefined
  walk(around, (node) => {
    if (node.kind === 'With' || node.kind === 'AsyncWith')
      for (const { context, vars } of node.items) if (vars?.kind === 'Name' && vars.id === name) found = context
  })
  return found
}

/** What is surely a tuple of the values that are given for the placeholders behind IN. */
function tupleAfterIn(sql: string, given: Expression, around: FunctionDef): Expression | undefined {
  const values = given.kind === 'Name' ? onlyAssignment(around, given.id) : given
  const placeholders = [...sql.matchAll(/(\bIN\s+)?%(?:%|s|\((\w+)\)s)/gi)].filter(([text]) => !text.endsWith('%%'))
  for (const [index, [, after, name]] of placeholders.entries()) {
    if (after === undefined) continue
    const value =
      values?.kind === 'Dict'
        ? values.values[values.keys.findIndex((key) => key !== undefined && literalText(key) === name)]
        : (values?.kind === 'List' || values?.kind === 'Tuple') &&
            !values.elts.slice(0, index + 1).some(({ kind }) => kind === 'Starred')
          ? values.elts[index]
          : undefined
    if (value !== undefined && isTuple(value, around)) return value
  }
  return undefined
}

function isTuple(node: Expression, around: FunctionDef): boolean {
  if (node.kind === 'Tuple') return true
  if (node.kind === 'Call') return node.func.kind === 'Name' && node.func.id === 'tuple'
  const value = node.kind === 'Name' ? onlyAssignment(around, node.id) : undefined
  return value !== undefined && value.kind !== 'Name' && isTuple(value, around)
}
