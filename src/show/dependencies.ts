import type { PythonSource, PythonVersion, Requirement } from '../app/dependencies/model.ts'
import type { Language } from '../contracts/text.ts'
import { plainly, type ShowContext, type ShownLine } from './context.ts'

export function dependenciesJson({ app, at }: ShowContext): Record<string, unknown> {
  const { dependencies } = app
  return {
    dependencies: {
      manager: dependencies.manager,
      source: dependencies.source?.path ?? null,
      locked: dependencies.locked,
      complete: dependencies.complete,
      python: { version: askedPython(dependencies.python) ?? null, from: dependencies.python.from },
      requirements: dependencies.requirements.map((requirement) => ({
        name: requirement.name,
        specifier: requirement.range,
        extras: requirement.extras,
        marker: requirement.marker ?? null,
        applies: requirement.applies,
        at: at(requirement.at),
      })),
    },
  }
}

/** Where the version of Python comes from: a file by its name, or the buildpack’s own choice. */
export const pythonFrom = (from: PythonSource, language: Language): string =>
  from === 'default' && language === 'fr' ? 'par défaut' : from

/** The Python that the project asks for, whether or not the buildpack has it. */
export const askedPython = ({ refused, version }: PythonVersion): string | undefined => refused ?? version

export function dependenciesLines({ app, where, bold, dim, language }: ShowContext): ShownLine[] {
  const fr = language === 'fr'
  const { dependencies } = app
  const { python } = dependencies
  const lines = [
    `${bold('deps')}  ${dependencies.manager}${dependencies.source === undefined ? '' : `, ${dependencies.source.path}`}${dependencies.locked ? (fr ? ' (verrouillé)' : ' (locked)') : ''}`,
    `  Python ${askedPython(python) ?? '?'} ${dim(`(${pythonFrom(python.from, language)})`)}`,
  ]
  for (const requirement of dependencies.requirements) {
    lines.push(`  ${line(requirement)}  ${dim(where(requirement.at))}`)
  }
  if (!dependencies.complete) lines.push(dim(fr ? '  … et ce qui ne peut être lu' : '  … and what cannot be read'))
  return plainly(lines)
}

function line({ name, rawName, extras, range, marker }: Requirement): string {
  const extra = extras.length > 0 ? `[${extras.join(',')}]` : ''
  return `${rawName === '' ? name : rawName}${extra}${range}${marker === undefined ? '' : ` ; ${marker}`}`
}
