import { html } from '@codemirror/lang-html'
import { javascript } from '@codemirror/lang-javascript'
import { json } from '@codemirror/lang-json'
import { python } from '@codemirror/lang-python'
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from '@codemirror/language'
import { shell } from '@codemirror/legacy-modes/mode/shell'
import { toml } from '@codemirror/legacy-modes/mode/toml'
import { yaml } from '@codemirror/legacy-modes/mode/yaml'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Extension, type Text } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { minimalSetup } from 'codemirror'
import type { Language } from '../../src/contracts/text.ts'
import type { Point, ShownFinding } from './contract.ts'
import { element } from './dom.ts'
import { words } from './words.ts'

/** The text of one file at a time, with its findings in place. */
export interface Editor {
  /** Shows a file; what was typed in another one, its history and its cursor are kept. */
  show(path: string, text: string, readOnly?: boolean): void
  /** Forgets what it keeps of a file, or of all: their texts came from elsewhere. */
  forget(path?: string): void
  findings(all: readonly ShownFinding[]): void
  /** Puts the cursor there. */
  go(at: Point): void
  /** Scrolls there, and leaves the cursor and the page where they are. */
  reveal(at: Point): void
  /** The line of the cursor, 1-based. */
  line(): number
  setLanguage(language: Language): void
}

export interface EditorEvents {
  readonly changed: (path: string, text: string) => void
  readonly apply: (finding: ShownFinding, title: string) => void
  readonly why: () => void
}

export function createEditor(parent: HTMLElement, language: Language, events: EditorEvents): Editor {
  const states = new Map<string, EditorState>()
  let path = ''
  let found: readonly ShownFinding[] = []
  let spoken = language
  const view = new EditorView({ parent })

  const stateOf = (name: string, text: string, readOnly: boolean): EditorState =>
    EditorState.create({
      doc: text,
      extensions: [
        minimalSetup,
        lineNumbers(),
        lintGutter(),
        keymap.of([...lintKeymap, { key: 'F9', run: () => asked(events.why) }]),
        syntaxHighlighting(highlight),
        theme,
        languageOf(name),
        EditorState.readOnly.of(readOnly),
        EditorState.phrases.of(spoken === 'fr' ? french : {}),
        EditorView.contentAttributes.of({ 'aria-label': name, spellcheck: 'false', tabindex: '0' }),
        isCrlf(text) ? EditorState.lineSeparator.of('\r\n') : [],
        EditorView.updateListener.of(({ docChanged, state }) => {
          if (docChanged) events.changed(path, state.sliceDoc())
        }),
      ],
    })

  const keep = (): void => {
    if (path !== '') states.set(path, view.state)
  }

  const diagnose = (): void => {
    const own = found.filter(({ file }) => file === path)
    view.dispatch(
      setDiagnostics(
        view.state,
        own.map((finding) => diagnosticOf(view.state.doc, finding, spoken, events.apply)),
      ),
    )
  }

  return {
    show(next, text, readOnly = false) {
      keep()
      path = next
      const kept = states.get(next)
      view.setState(kept !== undefined && kept.sliceDoc() === text ? kept : stateOf(next, text, readOnly))
      diagnose()
    },
    forget(name) {
      if (name === undefined) states.clear()
      else states.delete(name)
      if (name === undefined || name === path) path = ''
    },
    findings(all) {
      found = all
      diagnose()
    },
    go(at) {
      const anchor = offsetOf(view.state.doc, at)
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },
    reveal(at) {
      const { top } = view.lineBlockAt(offsetOf(view.state.doc, at))
      view.scrollDOM.scrollTop = top - view.scrollDOM.clientHeight / 2
    },
    line: () => view.state.doc.lineAt(view.state.selection.main.head).number,
    setLanguage(next) {
      spoken = next
      const text = view.state.sliceDoc()
      const open = path
      states.clear()
      path = open
      if (open !== '') view.setState(stateOf(open, text, view.state.readOnly))
    },
  }
}

/** A key that is done with. */
function asked(act: () => void): true {
  act()
  return true
}

/** Every line ends that way: it is written back as it was. */
const isCrlf = (text: string): boolean => text.includes('\r\n') && !/[^\r]\n|^\n|\r(?!\n)/.test(text)

function offsetOf(doc: Text, { line, column }: Point): number {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines))
  return Math.min(at.from + column - 1, at.to)
}

function diagnosticOf(doc: Text, finding: ShownFinding, language: Language, apply: EditorEvents['apply']): Diagnostic {
  return {
    from: offsetOf(doc, finding.start),
    to: offsetOf(doc, finding.end),
    severity: finding.severity,
    source: finding.rule,
    message: finding.text,
    renderMessage: () => prose(finding.text),
    actions: finding.fixes.map(({ title, safety }) => ({
      name: `${words.apply[language]} ${title}${safety === 'unsafe' ? ` ${words.unsafe[language]}` : ''}`,
      apply: () => apply(finding, title),
    })),
  }
}

/** A sentence in which code stands in backticks. */
function prose(text: string): HTMLElement {
  const parts = text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part))
  return element('div', { class: 'cm-diagnosticText' }, ...parts)
}

function languageOf(path: string): Extension {
  const name = path.split('/').at(-1) ?? ''
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : name
  switch (ending) {
    case 'py':
      return python()
    case 'js':
    case 'mjs':
    case 'jsx':
      return javascript({ jsx: true })
    case 'ts':
    case 'tsx':
      return javascript({ typescript: true, jsx: ending === 'tsx' })
    case 'html':
    case 'htm':
      return html()
    case 'json':
      return json()
    case 'toml':
      return StreamLanguage.define(toml)
    case 'yml':
    case 'yaml':
      return StreamLanguage.define(yaml)
    case 'Procfile':
    case 'sh':
    case 'txt':
    case 'env':
      return StreamLanguage.define(shell)
    default:
      return []
  }
}

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--link)' },
  { tag: [tags.string, tags.regexp, tags.attributeValue], color: 'var(--good)' },
  { tag: [tags.comment, tags.meta], color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--warn)' },
  { tag: [tags.definition(tags.variableName), tags.tagName, tags.propertyName], color: 'var(--info)' },
])

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--card)', fontSize: '.875rem' },
  '.cm-scroller': { fontFamily: 'ui-monospace, monospace', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--code)', color: 'var(--soft)', borderRight: '1px solid var(--line)' },
  '&.cm-focused': { outline: '3px solid var(--link)', outlineOffset: '-3px' },
  '.cm-tooltip, .cm-panels': { backgroundColor: 'var(--card)', color: 'var(--text)', border: '1px solid var(--line)' },
  '.cm-tooltip': { maxWidth: 'min(42rem, 90vw)' },
  '.cm-diagnostic': { padding: '.4rem .6rem', whiteSpace: 'pre-wrap' },
  '.cm-diagnosticAction': {
    backgroundColor: 'var(--link)',
    color: 'var(--page)',
    padding: '.2rem .5rem',
    margin: '.3rem .4rem 0 0',
    borderRadius: '6px',
  },
  '.cm-selectionBackground': { background: 'color-mix(in srgb, var(--link) 25%, transparent) !important' },
})

/** What CodeMirror says itself. */
const french: Record<string, string> = {
  Diagnostics: 'Constats',
  'No diagnostics': 'Aucun constat',
  close: 'fermer',
  'Control character': 'Caractère de contrôle',
  'Selection deleted': 'Sélection supprimée',
}
