import guide from 'guide-project'
import type { Language } from '../../src/contracts/text.ts'
import { counted } from '../../src/report/numbers.ts'
import { startEngine } from './client.ts'
import type { Asked, Changed, Project, ShownFinding, View } from './contract.ts'
import { button, byId, element } from './dom.ts'
import { appFiles, isZip, readEntries, readPicked } from './dropped.ts'
import { createEditor } from './editor.ts'
import { drawEnvironment } from './environment.ts'
import { drawView } from './findings.ts'
import { applyScheme, preferredLanguage, preferredScheme, schemes, store } from './preferences.ts'
import { fragmentOf, sharedIn } from './share.ts'
import { drawTabs, offered } from './tabs.ts'
import { openedFiles, type Word, words } from './words.ts'

/** The page: it holds the project, asks the engine after each change, and draws what that says. */

const fresh = (): Project => ({ files: guide, env: {}, addons: undefined })

const engine = startEngine()
let project = fresh()
let language = preferredLanguage()
let scheme = preferredScheme()
let view: View | undefined
let open = ''

const editor = createEditor(byId('editor'), language, {
  changed: (path, text) => {
    if (project.files[path] === text) return
    project = { ...project, files: { ...project.files, [path]: text } }
    later()
  },
  apply: (finding, title) => attempt(apply(finding, title)),
  why: () => attempt(why({ file: open, line: editor.line() })),
})

const say = (word: Word): string => words[word][language]
const note = (text: string): void => {
  byId('note').textContent = text
}

/** What fails is told. */
function attempt(doing: Promise<void>): void {
  doing.catch((error: unknown) => note(`${say('failed')} ${error instanceof Error ? error.message : error}`))
}

// What is asked: one check at a time, and after it once more if the project has changed since.
let timer: ReturnType<typeof setTimeout> | undefined
let running = false
let again = false

/** Typing goes on for a moment. */
function later(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void check(), 120)
}

async function check(): Promise<void> {
  clearTimeout(timer)
  again = running
  if (running) return
  running = true
  document.body.setAttribute('aria-busy', 'true')
  try {
    view = await engine.ask('check', { project, language })
    draw()
  } catch (error) {
    byId('summary').textContent = `${say('failed')} ${error instanceof Error ? error.message : error}`
  }
  running = false
  if (again) return check()
  document.body.removeAttribute('aria-busy')
}

function draw(): void {
  if (view === undefined) return
  if (open === '' || (!Object.hasOwn(project.files, open) && open !== offered)) showFirst(view)
  drawView(view, language, { show: goTo, apply: (finding, title) => attempt(apply(finding, title)) })
  drawEnvironment(byId('environment'), view.variables, project, language, {
    env: (env) => change({ env }),
    addons: (addons) => change({ addons }),
  })
  byId('why-names').replaceChildren(...view.names.map((name) => element('option', { value: name })))
  editor.findings(view.findings)
  tabs()
}

/** Where the way breaks first; else the settings. */
function showFirst({ cause: key, findings, roles }: View): void {
  const cause = findings.find((one) => one.key === key)
  const settings = roles.find(({ role }) => role === 'settings') ?? roles[0]
  show(cause?.file ?? settings?.file ?? Object.keys(project.files)[0] ?? offered)
  if (cause !== undefined) editor.reveal(cause.start)
}

function change(part: Partial<Project>): void {
  project = { ...project, ...part }
  void check()
}

function tabs(): void {
  drawTabs(project.files, view, open, language, { open: show, create, remove })
}

function show(path: string): void {
  open = path
  const content = project.files[path] ?? ''
  if (typeof content === 'string') editor.show(path, content)
  else editor.show(path, say('noText'), true)
  tabs()
}

function goTo(finding: ShownFinding): void {
  show(finding.file)
  editor.go(finding.start)
}

function create(): void {
  const path = prompt(say('newFileName'))?.replace(/^\/+/, '')
  if (path === undefined || path === '') return
  if (!Object.hasOwn(project.files, path)) change({ files: { ...project.files, [path]: '' } })
  show(path)
}

function remove(): void {
  const { [open]: _, ...files } = project.files
  editor.forget(open)
  open = ''
  change({ files })
}

async function apply(finding: ShownFinding | undefined, title?: string): Promise<void> {
  const { changed, because } = await engine.ask('fix', { project, language, key: finding?.key, title })
  if (because !== undefined) return note(`${say('withheld')} ${because}`)
  if (changed.length === 0) return note(say('unchanged'))
  write(changed)
  note(`${say('changed')} ${changed.map(([path]) => path).join(', ')}`)
}

function write(changed: Changed): void {
  const files = { ...project.files }
  for (const [path, content] of changed) {
    if (content === undefined) delete files[path]
    else files[path] = content
    if (path !== open) editor.forget(path)
  }
  change({ files })
  if (Object.hasOwn(files, open)) show(open)
}

async function why(about: Asked): Promise<void> {
  const text = await engine.ask('why', { project, language, about })
  const shown = text.trim() === '' ? say('whyNothing') : text
  const box = element('pre', { tabindex: '0', role: 'group', 'aria-labelledby': 'why-title' }, shown)
  byId('why').replaceChildren(box)
  box.scrollIntoView({ block: 'nearest' })
}

/** Another project takes the place of this one. */
function replace(next: Project, file = ''): void {
  project = next
  view = undefined
  open = file
  editor.forget()
  if (file !== '') show(file)
  void check()
}

async function receive(found: Readonly<Record<string, Uint8Array>>): Promise<void> {
  const [[name, bytes] = ['', new Uint8Array()], ...others] = Object.entries(found)
  const files = appFiles(others.length === 0 && isZip(name) ? await engine.ask('unzip', { bytes }) : found)
  const count = Object.keys(files).length
  if (count === 0) return note(say('noFiles'))
  replace({ files, env: {}, addons: undefined })
  note(counted(count, openedFiles, language))
}

async function share(): Promise<void> {
  const fragment = fragmentOf({ project, language, open })
  if (fragment === undefined) return note(say('tooLong'))
  history.replaceState(undefined, '', `#${fragment}`)
  try {
    await navigator.clipboard.writeText(location.href)
    note(say('shared'))
  } catch {
    note(say('sharedUncopied'))
  }
}

function readAddress(): boolean {
  if (location.hash.length < 2) return false
  const shared = sharedIn(location.hash.slice(1))
  if (shared === undefined) {
    note(say('badLink'))
    return false
  }
  speak(shared.language)
  replace(shared.project, Object.hasOwn(shared.project.files, shared.open) ? shared.open : '')
  return true
}

function speak(next: Language): void {
  language = next
  document.documentElement.lang = next
  document.title = say('title')
  for (const one of document.querySelectorAll<HTMLElement>('[data-word]'))
    one.textContent = say(one.dataset.word as Word)
  editor.setLanguage(next)
  tools()
}

function tools(): void {
  byId('tools').replaceChildren(
    button(say('openFolder'), () => byId('folder').click()),
    button(say('openZip'), () => byId('zip').click()),
    button(say('reset'), () => {
      history.replaceState(undefined, '', location.pathname)
      note('')
      replace(fresh())
    }),
    button(say('share'), () => attempt(share()), { class: 'act' }),
    button(
      say('language'),
      () => {
        speak(language === 'fr' ? 'en' : 'fr')
        store('language', language)
        void check()
      },
      { lang: language === 'fr' ? 'en' : 'fr' },
    ),
    button(`${say('theme')} (${say(scheme)})`, () => {
      scheme = schemes[(schemes.indexOf(scheme) + 1) % schemes.length] ?? 'system'
      store('scheme', scheme)
      applyScheme(scheme)
      tools()
    }),
  )
}

function listen(): void {
  for (const id of ['folder', 'zip']) {
    const input = byId<HTMLInputElement>(id)
    input.addEventListener('change', () => attempt(readPicked(input.files ?? []).then(receive)))
  }
  const area = byId('drop')
  addEventListener('dragover', (event) => {
    event.preventDefault()
    area.hidden = false
  })
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) area.hidden = true
  })
  addEventListener('drop', (event) => {
    event.preventDefault()
    area.hidden = true
    const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? [])
    attempt(readEntries(entries).then(receive))
  })
  // A hop of the chain leads to its findings; the fragment of the address stays what it is.
  byId('chain').addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a')
    const target = document.getElementById(link?.getAttribute('href')?.slice(1) ?? '')
    if (link === null || target === null) return
    event.preventDefault()
    target.scrollIntoView()
    target.focus()
  })
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault()
    byId('findings').focus()
  })
  byId('why-form').addEventListener('submit', (event) => {
    event.preventDefault()
    attempt(why({ name: byId<HTMLInputElement>('why-name').value.trim() }))
  })
  byId('why-here').addEventListener('click', () => attempt(why({ file: open, line: editor.line() })))
  addEventListener('hashchange', readAddress)
}

applyScheme(scheme)
speak(language)
byId('summary').textContent = say('loads')
listen()
if (!readAddress()) void check()
// Read once, the page opens without a network.
if (isSecureContext) void navigator.serviceWorker?.register('./offline.js').catch(() => undefined)
