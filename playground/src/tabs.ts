import type { Language } from '../../src/contracts/text.ts'
import type { Files, View } from './contract.ts'
import { button, byId, element } from './dom.ts'
import { countOf } from './findings.ts'
import { roleNames, words } from './words.ts'

export interface TabEvents {
  readonly open: (path: string) => void
  readonly create: () => void
  readonly remove: () => void
}

/** A file that the playground offers although it is not there: it comes to be with its first letter. */
export const offered = 'app.json'

/** The files that matter as tabs, the others in a list. */
export function drawTabs(
  files: Files,
  view: View | undefined,
  open: string,
  language: Language,
  events: TabEvents,
): void {
  const roles = view?.roles ?? []
  const main = roles.length === 0 ? Object.keys(files).slice(0, 8) : roles.map(({ file }) => file)
  const tabs = [...new Set([...main, ...(Object.hasOwn(files, offered) ? [] : [offered])])]
  if (open !== '' && !tabs.includes(open)) tabs.push(open)
  const list = byId('tabs')
  const focused = list.contains(document.activeElement)
  list.replaceChildren(
    ...tabs.map((path, index) => {
      const role = roles.find(({ file }) => file === path)?.role
      const tab = button(shortName(path, tabs), () => events.open(path), {
        role: 'tab',
        id: `tab-${index}`,
        title: role === undefined ? path : `${path} (${roleNames[role][language]})`,
        'aria-selected': String(path === open),
        'aria-controls': 'editor',
        tabindex: path === open ? '0' : '-1',
        ...(Object.hasOwn(files, path) ? {} : { class: 'absent' }),
      })
      const count = countOf(view, path)
      if (count !== undefined) tab.append(count)
      return tab
    }),
  )
  list.onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -tabs.indexOf(open), End: tabs.length - 1 - tabs.indexOf(open) }[
      event.key
    ]
    if (step === undefined) return
    event.preventDefault()
    events.open(tabs[(tabs.indexOf(open) + step + tabs.length) % tabs.length] as string)
  }
  const selected = list.querySelector<HTMLElement>('[aria-selected="true"]')
  byId('editor').setAttribute('aria-labelledby', selected?.id ?? 'files-title')
  if (focused) selected?.focus()
  drawTools(files, tabs, open, language, events)
}

function drawTools(files: Files, tabs: readonly string[], open: string, language: Language, events: TabEvents): void {
  const others = Object.keys(files)
    .filter((path) => !tabs.includes(path))
    .sort()
  const select = element(
    'select',
    { 'aria-label': words.otherFiles[language] },
    element('option', { value: '' }, words.otherFiles[language]),
    ...others.map((path) => element('option', { value: path }, path)),
  )
  select.addEventListener('change', () => {
    if (select.value !== '') events.open(select.value)
  })
  byId('file-tools').replaceChildren(
    ...(others.length === 0 ? [] : [select]),
    button(words.newFile[language], events.create),
    ...(Object.hasOwn(files, open) ? [button(words.deleteFile[language], events.remove)] : []),
  )
}

/** The file’s name, with its folder when another tab has the same, or when it says nothing alone. */
function shortName(path: string, tabs: readonly string[]): string {
  const last = (one: string): string => one.split('/').at(-1) ?? one
  const alone = !tabs.some((other) => other !== path && last(other) === last(path))
  return alone && last(path) !== '__init__.py' ? last(path) : path.split('/').slice(-2).join('/')
}
