import type { App } from '../../../src/app/app.ts'
import { buildpacksOf } from '../../../src/app/manifest/buildpacks.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { textOf } from '../../../src/evaluate/shell/expansion.ts'

/** Scripts that these buildpacks put into `bin/` of the slug (their `bin/compile`). */
const bringers: readonly { readonly script: RegExp; readonly program: string }[] = [
  { script: /^start-nginx(?:-(?:debug|solo|static))?$/, program: 'nginx' },
  { script: /^start-pgbouncer(?:-stunnel)?$/, program: 'pgbouncer' },
]

/** The script of a buildpack that a process starts its server with, and the listed buildpacks do not bring. */
export function unbroughtScripts(app: App, process: Process): { readonly name: string; readonly at: Place }[] {
  const [usual] = process.runs
  const named = (usual?.steps ?? []).flatMap((step) => {
    if (step.fallback || step.captured) return []
    const [program] = step.argv
    const text = textOf(program)
    // `bin/start-nginx-solo` starts no other program.
    const alone = program !== undefined && text?.startsWith('bin/') === true && step.cwd === ''
    return [...step.wrappers, ...(alone ? [{ name: text.slice('bin/'.length), at: program.at }] : [])]
  })
  return named.flatMap(({ name, at }) => {
    const program = bringers.find(({ script }) => script.test(name))?.program
    const path = `bin/${name}`
    // One of the repository's own would be followed, and be no wrapper.
    if (program === undefined) return []
    const listed = buildpacksOf(app)
    if (listed.some(({ facts }) => facts === undefined || facts.builds || facts.programs?.includes(program))) return []
    if (listed.length > 0) return [{ name: path, at }]
    app.inquiry.cannotTell({
      what: { en: `whether the dyno has \`${path}\``, fr: `si le dyno a \`${path}\`` },
      why: {
        en: 'it is not in the repository, and nothing says which buildpacks the app has',
        fr: 'il n’est pas dans le dépôt, et rien ne dit quels buildpacks a l’application',
      },
      at,
      hop: process.type === 'release' ? 'release' : 'boot',
    })
    return []
  })
}
