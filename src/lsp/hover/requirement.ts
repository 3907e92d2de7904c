import { knownDefects } from '../../app/dependencies/known-defects.ts'
import type { Requirement } from '../../app/dependencies/model.ts'
import { dateOf, knowledgeDate, packageHistory } from '../../knowledge/packages/packages.ts'
import { type HoverContext, holds, labelled, type Told } from './words.ts'

/** On a line that asks for a package: the version in force, and what is known of it. */
export function requirementHover(file: string, offset: number, context: HoverContext): Told | undefined {
  const { dependencies } = context.checked.app
  const found = dependencies.files
    .flatMap(({ requirements }) => requirements)
    .find(({ at, name }) => name !== '' && at.file === file && holds(at.span, offset))
  return found === undefined ? undefined : { lines: linesOf(found, context), span: found.at.span }
}

function linesOf(requirement: Requirement, { checked, language, strong, code }: HoverContext): string[] {
  const fr = language === 'fr'
  const { dependencies } = checked.app
  const { state, version, expected, range } = dependencies.installed(requirement.name)
  const lines = [strong(requirement.name)]
  if (requirement.role === 'dev' || requirement.role === 'other') {
    lines.push(fr ? 'Le build n’installe pas depuis ce fichier.' : 'The build does not install from this file.')
  }
  if (state === 'absent') lines.push(fr ? 'N’est pas installé sur le dyno.' : 'Is not installed on the dyno.')
  const inForce = version ?? expected
  if (inForce !== undefined) {
    const how =
      version !== undefined
        ? ''
        : fr
          ? ` (rien ne la fixe\u00a0: ce que pip choisirait au ${knowledgeDate()})`
          : ` (nothing pins it: what pip would choose on ${knowledgeDate()})`
    lines.push(labelled(fr ? 'Version en vigueur' : 'Version in force', `${code(inForce)}${how}`, language))
  }
  if (range !== '' && version === undefined) lines.push(labelled(fr ? 'Demandé' : 'Asked for', code(range), language))
  const newest = packageHistory(requirement.name)?.releases.findLast(
    (release) => !release.yanked && /^\d+(?:\.\d+)*$/.test(release.version),
  )
  if (newest !== undefined)
    lines.push(
      labelled(
        fr ? 'Dernière parution connue' : 'Newest known release',
        `${code(newest.version)} (${dateOf(newest)})`,
        language,
      ),
    )
  if (inForce !== undefined) {
    for (const { effect, good } of knownDefects(requirement.name, inForce))
      lines.push(`${effect[language]} (${fr ? `corrigé dans ${good}` : `mended in ${good}`})`)
  }
  return lines
}
