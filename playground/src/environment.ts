import type { Language } from '../../src/contracts/text.ts'
import { addonFacts } from '../../src/knowledge/addons.ts'
import { isSecretName } from '../../src/privacy/names.ts'
import type { Project, View } from './contract.ts'
import { element } from './dom.ts'
import { words } from './words.ts'

/** The dyno’s environment as switches. */

type Env = Project['env']

export interface EnvironmentEvents {
  readonly env: (next: Env) => void
  readonly addons: (next: Project['addons']) => void
}

/** Draws the switches anew, unless the reader stands in one that stays. */
export function drawEnvironment(
  into: HTMLElement,
  variables: View['variables'],
  { env, addons }: Project,
  language: Language,
  events: EnvironmentEvents,
): void {
  const drawn = JSON.stringify([variables, env, addons, language])
  if (into.dataset.drawn === drawn) return
  into.dataset.drawn = drawn
  const focused = into.contains(document.activeElement) ? document.activeElement?.id : undefined
  const set = (name: string, value: string | false | undefined): void => {
    const { [name]: _, ...others } = env
    events.env(value === undefined ? others : { ...others, [name]: value })
  }
  into.replaceChildren(
    ...variables.map(({ name, stated }) =>
      variableSwitch(name, stated, env[name], language, (value) => set(name, value)),
    ),
    addonSwitch('redis', addons, language, events.addons),
    addonSwitch('postgres', addons, language, events.addons),
  )
  if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus()
}

function variableSwitch(
  name: string,
  stated: string | false | undefined,
  value: string | false | undefined,
  language: Language,
  change: (value: string | false | undefined) => void,
): HTMLElement {
  const choice = value === undefined ? 'files' : value === false ? 'unset' : 'set'
  const select = selectOf(`var-${name}`, choice, [
    ['files', `${words.asFiles[language]}${statedText(name, stated, language)}`],
    ['set', words.set[language]],
    ['unset', words.unset[language]],
  ])
  select.addEventListener('change', () => {
    if (select.value === 'files') change(undefined)
    else change(select.value === 'unset' ? false : typeof stated === 'string' ? stated : firstValue(name))
  })
  const parts: HTMLElement[] = [select]
  if (typeof value === 'string') {
    const input = element('input', {
      id: `value-${name}`,
      'aria-label': `${words.valueOf[language]} ${name}`,
      autocomplete: 'off',
      spellcheck: 'false',
    })
    input.value = value
    input.addEventListener('change', () => change(input.value))
    parts.push(input)
  }
  return element(
    'div',
    {},
    element('label', { for: `var-${name}` }, name),
    element('div', { class: 'switch' }, ...parts),
  )
}

/** What the configuration sets it to, unless that is nobody’s to see. */
function statedText(name: string, stated: string | false | undefined, language: Language): string {
  if (stated === undefined || isSecretName(name)) return ''
  return ` (${stated === false ? words.unset[language] : stated})`
}

/** What a variable is first set to: an address as Heroku’s add-ons give one, or what turns a switch on. */
function firstValue(name: string): string {
  const fact = addonFacts.find(({ variables }) => variables.includes(name))
  const host = 'ec2-198-51-100-7.compute-1.amazonaws.com'
  if (fact?.kind === 'redis') return `${fact.scheme ?? 'redis'}://:password@${host}:6379`
  return fact?.kind === 'postgres' ? `postgres://user:password@${host}:5432/name` : 'True'
}

/** Services of a kind that can be had, each with the plans worth trying. */
function plansOf(kind: 'redis' | 'postgres'): string[] {
  return addonFacts
    .filter((fact) => fact.kind === kind && !fact.shutDown)
    .flatMap(({ service, small, production }) => {
      const plans = [...small, ...(production === undefined ? [] : [production])]
      return plans.length === 0 ? [service] : [...new Set(plans)].map((plan) => `${service}:${plan}`)
    })
}

/** Both kinds are one list: to name one add-on says that there are no others. */
function addonSwitch(
  kind: 'redis' | 'postgres',
  addons: Project['addons'],
  language: Language,
  change: EnvironmentEvents['addons'],
): HTMLElement {
  const plans = plansOf(kind)
  const own = addons?.find((one) => plans.includes(one))
  const id = `addon-${kind}`
  const select = selectOf(id, addons === undefined ? 'files' : (own ?? 'none'), [
    ['files', words.asFiles[language]],
    ['none', words.none[language]],
    ...plans.map((plan): [string, string] => [plan, plan]),
  ])
  select.addEventListener('change', () => {
    if (select.value === 'files') return change(undefined)
    const others = (addons ?? []).filter((one) => !plans.includes(one))
    change(select.value === 'none' ? others : [...others, select.value])
  })
  return element(
    'div',
    {},
    element('label', { for: id }, words[kind][language]),
    element('div', { class: 'switch' }, select),
  )
}

function selectOf(id: string, value: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const select = element('select', { id }, ...options.map(([key, text]) => element('option', { value: key }, text)))
  select.value = value
  return select
}
