import { builtinNames } from '../../../src/syntax/python/builtin-names.ts'
import { children, type PythonNode } from '../../../src/syntax/python/walk.ts'

/**
 * Whether settings or config vars decide a test, or nothing but what stands fast while the process runs: constants, the system, its Python
 * and what that has built in (`str is bytes`).
 */
export function isSettled(test: PythonNode): boolean {
  let settings = false
  let others = false
  const enter = (node: PythonNode): void => {
    settings ||= node.kind === 'Name' && configured.test(node.id)
    if (node.kind === 'Attribute' && constant.test(node.attr)) return
    others ||= node.kind === 'Name' && !constant.test(node.id) && !ofPython.test(node.id) && !builtinNames.has(node.id)
    for (const one of children(node)) enter(one)
  }
  enter(test)
  return settings || !others
}

const constant = /^_?[A-Z][A-Z0-9_]*$/

/** `settings`, `django_settings`, and the readers of config vars: `getenv`, `env.bool(…)` of django-environ, `config(…)` of decouple. */
const configured = /^(?:\w+_)?settings$|^(?:getenv|environ|env|config)$/

const ofPython = /^(?:sys|os|platform|six|django|builtins|__builtins__|__debug__)$/
