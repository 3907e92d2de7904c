import { worldsOf } from '../../app/settings/worlds.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { shownValue } from '../../show/settings.ts'
import { nameAt } from '../python-names.ts'
import { type HoverContext, labelled, type Told, whenText } from './words.ts'

const worldNames = {
  build: { en: 'In the build', fr: 'Pendant le build' },
  release: { en: 'In the release', fr: 'Pendant la release' },
  boot: { en: 'On the dyno', fr: 'Sur le dyno' },
}

/** On a setting: what it is in each process that reads it. On the name of a config var: what is known of it. */
export function pythonHover(file: string, offset: number, context: HoverContext): Told | undefined {
  const { app } = context.checked
  const found = nameAt(app, file, offset)
  if (found === undefined) return undefined
  if (found.kind === 'setting') return { lines: settingLines(found.name, context), span: found.span }
  const asked = worldsOf(app).some(({ settings }) =>
    settings.evaluation?.reads
      .get(found.text)
      ?.some((place) => place.file === file && place.span.start <= offset && offset <= place.span.end),
  )
  return asked ? { lines: variableLines(found.text, context), span: found.span } : undefined
}

function settingLines(name: string, context: HoverContext): string[] {
  const { checked, language, strong } = context
  const fr = language === 'fr'
  const lines = [strong(name)]
  for (const { hop, settings, when } of worldsOf(checked.app)) {
    const resolved = settings.get(name)
    if (resolved === undefined) continue
    // What the build reads may be what the dyno reads.
    const onDyno = settings.evaluation === checked.app.settings.evaluation
    const world = `${worldNames[onDyno ? 'boot' : hop][language]}${when === undefined ? '' : `, ${fr ? 'quand' : 'when'} ${when[language]}`}`
    const told = resolved.alternatives.map(
      (one) => `${valueText(name, one, context)}${whenText(one.when, language)} (${placeText(one, context)})`,
    )
    const absent = resolved.absent.map((one) => `${fr ? 'non défini' : 'unset'}${whenText(one, language)}`)
    for (const text of [...told, ...absent]) lines.push(labelled(world, text, language))
    if (settings.evaluation?.bounded)
      lines.push(fr ? 'Tous les cas n’ont pas été suivis.' : 'Not every case was followed.')
  }
  return lines
}

function valueText(name: string, { value }: Alternative, { language, code }: HoverContext): string {
  if (value.type === 'unknown')
    return `${language === 'fr' ? 'indéterminé' : 'undetermined'} (${value.reason[language]})`
  return code(shownValue(name, value, language, 600))
}

function placeText({ at }: Alternative, { checked }: HoverContext): string {
  const file = checked.app.tree.read(at.file)
  const line = typeof file === 'string' ? 1 : file.text.slice(0, at.span.start).split('\n').length
  return `${at.file}:${line}`
}

function variableLines(name: string, { checked, language, code, strong }: HoverContext): string[] {
  const fr = language === 'fr'
  const variable = checked.app.settings.environment.get(name)
  const head = strong(name)
  switch (variable.state) {
    case 'known':
      return [
        head,
        labelled(
          fr ? 'Sur le dyno' : 'On the dyno',
          `${code(variable.parts.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join(''))} (${variable.from[language]})`,
          language,
        ),
      ]
    case 'set':
      return [
        head,
        labelled(
          fr ? 'Sur le dyno' : 'On the dyno',
          `${fr ? 'définie' : 'set'} (${variable.from[language]})`,
          language,
        ),
      ]
    case 'absent':
      return [head, fr ? 'N’est pas définie sur le dyno.' : 'Is not set on the dyno.']
    case 'unknown':
      return [
        head,
        fr
          ? `Rien ne dit si elle est définie sur le dyno\u00a0: ${code('[env]')} dans dynolint.toml le dit.`
          : `Nothing says whether it is set on the dyno: ${code('[env]')} in dynolint.toml does.`,
      ]
  }
}
