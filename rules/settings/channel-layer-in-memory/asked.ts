import type { App } from '../../../src/app/app.ts'
import { isTask, oneOffCommand, runBeside } from '../../../src/app/asgi/beside-web.ts'
import { calledMethods, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import type { ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { codeOf, dottedOf } from '../../../src/app/asgi/python-code.ts'
import { type Use, usersOf } from '../../../src/app/asgi/users-of.ts'
import type { FunctionDef } from '../../../src/syntax/python/ast.ts'
import type { PythonNode } from '../../../src/syntax/python/walk.ts'

/**
 * Tells the functions that one message, request, signal or task reaches, which one process gets. What a loop or a timer of every process
 * runs, what hears from elsewhere, and what nothing is seen to call may do the same in each of them.
 */
export function askedOnce(app: App): (wanted: ProjectFunction) => boolean {
  const code = codeOf(app)
  const received = new Set<FunctionDef>(
    servedConsumers(app).flatMap((consumer) =>
      calledMethods(app, consumer).flatMap(({ node, event }) => (event ? [] : [node])),
    ),
  )
  return (wanted) => {
    if (wanted.owner === undefined && (runBeside(app, [wanted]) ?? oneOffCommand(app, [wanted])) !== undefined)
      return true
    const seen = [wanted]
    for (const one of seen) {
      if (received.has(one.node) || isEntry(one)) return true
      if (seen.length > 60) return false
      for (const user of usersOf(code, one, runsOnce)) if (!seen.some(({ node }) => node === user.node)) seen.push(user)
    }
    return false
  }
}

/** Not in a function within another, which may run at any time, nor again and again. */
const runsOnce = ({ standing, parents }: Use): boolean => standing.functions.length === 1 && !isBackground(parents)

/** A view (its `request` says so, or its class), a receiver of a signal, a task. */
function isEntry(one: ProjectFunction): boolean {
  const { node, file, owner } = one
  const names = [...node.args.posonly, ...node.args.args].slice(owner === undefined ? 0 : 1).map(({ name }) => name)
  const isReceiver = node.decorators.some(
    (decorator) => decorator.kind === 'Call' && dottedOf(decorator.func, file) === 'django.dispatch.receiver',
  )
  const bases = owner?.bases ?? []
  const isView = bases.some((base) => /(?:View|ViewSet|Admin)$/.test(dottedOf(base, file) ?? ''))
  return names[0] === 'request' || isReceiver || isView || isTask(one)
}

/** Calls that start what they are handed beside the caller, mostly for as long as the process lives. */
const starts = /^(?:create_task|ensure_future|start_soon|Thread|Timer|Process|add_job|call_later|add_timer|run)$/

/** Whether a place is run again and again, or beside what stands around it. */
export function isBackground(parents: readonly PythonNode[]): boolean {
  return parents.some((one) => {
    if (one.kind === 'While' || one.kind === 'AsyncFor') return true
    if (one.kind !== 'Call') return false
    const { func } = one
    return starts.test(func.kind === 'Attribute' ? func.attr : func.kind === 'Name' ? func.id : '')
  })
}
