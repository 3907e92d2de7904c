import type { ProcessInputs } from './inputs.ts'
import type { ProcessModel } from './model.ts'
import { readProcess } from './process.ts'
import { nearMisses } from './procfile-near-misses.ts'
import { type Declaration, hookDeclarations, processSource, scriptDeclarations } from './sources.ts'

/** A Procfile with more process types is a mistake, and its size must not decide how long the reading takes. */
const maxTypes = 100
const maxLines = 200

/** What Heroku would start from this root: the process types, and what each of their commands does. Never throws. */
export function readProcesses(app: ProcessInputs): ProcessModel {
  const source = processSource(app)
  const last = new Map<string, Declaration>()
  for (const declaration of source.declarations) last.set(declaration.type, declaration)
  const all = [...last.values()].slice(0, maxTypes).map((declaration) => readProcess(app, declaration))
  const byType = new Map(all.map((process) => [process.type, process]))
  const get = (type: string) => byType.get(type)
  const overridden = source.declarations.slice(0, maxLines).flatMap((declaration) => {
    const by = get(declaration.type)
    return by === undefined || last.get(declaration.type) === declaration
      ? []
      : [{ type: declaration.type, at: declaration.at, lost: readProcess(app, declaration), by }]
  })
  return {
    from: source.from,
    file: source.file,
    procfile: source.procfile,
    nearMisses: nearMisses(app.tree),
    all,
    hooks: hookDeclarations(app).map((declaration) => readProcess(app, declaration)),
    scripts: scriptDeclarations(app).map((declaration) => readProcess(app, declaration)),
    web: get('web'),
    release: get('release'),
    overridden,
    get,
  }
}
