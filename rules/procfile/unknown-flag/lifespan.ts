import type { App } from '../../../src/app/app.ts'
import type { AppNode } from '../../../src/app/asgi/model.ts'
import { unknownApplication, unwrapped } from '../../../src/app/asgi/routes.ts'
import type { ServerOption } from '../../../src/app/processes/model.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** `uvicorn --lifespan on` before an application that refuses the lifespan protocol: uvicorn then never listens. */
export interface UnansweredLifespan {
  readonly option: ServerOption
  readonly when: readonly Condition[]
}

export function unansweredLifespan(app: App): UnansweredLifespan | undefined {
  const chosen = judgeServer(
    app,
    app.processes.web,
    ({ name, options }) => name === 'uvicorn' && known(lifespanOf(options)?.value?.parts) === 'on',
  )
  const option = chosen && lifespanOf(chosen.server.options)
  const found = told(
    app.inquiry,
    verdict(app.asgi.application, ({ root }) => refuses(unwrapped(root))),
    unknownApplication,
  )
  if (chosen === undefined || option === undefined || found === undefined) return undefined
  return { option, when: [...chosen.when, ...found.when] }
}

function lifespanOf(options: readonly ServerOption[]): ServerOption | undefined {
  return options.findLast(({ dest }) => dest === 'lifespan')
}

/** Django answers "Django can only handle ASGI/HTTP connections", the router "No application configured for scope type". */
function refuses(node: AppNode): boolean | undefined {
  if (node.kind === 'django') return true
  if (node.kind !== 'protocols') return undefined
  if (node.entries.some(({ protocol }) => protocol === 'lifespan')) return false
  return node.open ? undefined : true
}
