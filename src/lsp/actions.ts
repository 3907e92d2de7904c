import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver/node'
import { pageUrl } from '../about.generated.ts'
import type { Edit } from '../contracts/edit.ts'
import type { Language } from '../contracts/text.ts'
import type { Finding } from '../engine/finding.ts'
import { readText } from '../files/tree.ts'
import type { Buffers } from './buffers.ts'
import { type DiagnosticForm, diagnosticOf } from './diagnostics.ts'
import { type EditForm, fixesOf, workspaceEdit } from './fixes.ts'
import { ignoreEdit } from './ignore.ts'
import type { Places } from './places.ts'
import type { EditorRange } from './positions.ts'
import type { Checked } from './project.ts'

/** All safe fixes of a document, for `editor.codeActionsOnSave` and the like. */
export const fixAll = `${CodeActionKind.SourceFixAll}.dynolint`
/** All safe fixes of a project: never run on save, as it changes other files. */
export const fixProject = `${CodeActionKind.Source}.dynolint.fixProject`
export const openPage = 'dynolint.openPage'

export const actionKinds = [CodeActionKind.QuickFix, fixAll, fixProject]

export interface ActionContext {
  readonly checked: Checked
  readonly places: Places
  readonly buffers: Buffers
  readonly edits: EditForm
  readonly diagnostics: DiagnosticForm
  /** The client opens pages of the web. */
  readonly pages: boolean
}

/**
 * What can be done at a range of a document. Every edit is in its action: nothing has to be asked for again.
 * @param file from the app's root
 * @param only the kinds the client wants; undefined: all
 */
export function actionsAt(
  file: string,
  range: EditorRange,
  only: readonly string[] | undefined,
  context: ActionContext,
): CodeAction[] {
  const wants = (kind: string): boolean =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`))
  const { findings } = context.checked.report
  const here = findings.filter((one) => one.at.file === file && touches(context.places.range(one.at), range))
  const actions: (CodeAction | undefined)[] = []
  if (wants(CodeActionKind.QuickFix)) {
    actions.push(...here.flatMap((finding) => fixActions(finding, context)))
    actions.push(...here.map((finding) => ignoreAction(finding, context)))
    if (context.pages) actions.push(...distinctRules(here).map((finding) => pageAction(finding, context)))
  }
  if (wants(fixAll)) {
    const own = safeEdits(findings.filter((one) => one.at.file === file)).filter((edits) =>
      edits.every((edit) => edit.file === file),
    )
    actions.push(together(own, fixAll, titles.fixAll, context))
  }
  if (wants(fixProject)) actions.push(together(safeEdits(findings), fixProject, titles.fixProject, context))
  return actions.filter((one) => one !== undefined)
}

const titles = {
  fixAll: {
    en: 'dynolint: apply all safe fixes in this file',
    fr: 'dynolint\u00a0: appliquer toutes les corrections sûres de ce fichier',
  },
  fixProject: {
    en: 'dynolint: apply all safe fixes in the project',
    fr: 'dynolint\u00a0: appliquer toutes les corrections sûres du projet',
  },
  ignore: { en: 'Ignore {rule} here', fr: 'Ignorer {rule} ici' },
  page: { en: 'Open the page of {rule}', fr: 'Ouvrir la page de {rule}' },
}

const title = (text: Readonly<Record<Language, string>>, { rule }: Finding, language: Language): string =>
  text[language].replace('{rule}', rule)

function fixActions(finding: Finding, context: ActionContext): (CodeAction | undefined)[] {
  return fixesOf(finding).map((fix) => {
    const edit = editOf(fix.edits, context)
    if (edit === undefined) return undefined
    return {
      title: fix.title[context.diagnostics.language],
      kind: CodeActionKind.QuickFix,
      diagnostics: [shown(finding, context)],
      isPreferred: fix.safety === 'safe',
      edit,
    }
  })
}

function ignoreAction(finding: Finding, context: ActionContext): CodeAction | undefined {
  const file = readText(context.checked.app.tree, finding.at.file)
  const excuse = file === undefined ? undefined : ignoreEdit(finding, file)
  const edit = excuse === undefined ? undefined : editOf([excuse], context)
  if (edit === undefined) return undefined
  return {
    title: title(titles.ignore, finding, context.diagnostics.language),
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown(finding, context)],
    edit,
  }
}

function pageAction(finding: Finding, context: ActionContext): CodeAction {
  const text = title(titles.page, finding, context.diagnostics.language)
  return {
    title: text,
    kind: CodeActionKind.QuickFix,
    diagnostics: [shown(finding, context)],
    command: { title: text, command: openPage, arguments: [pageUrl(finding.rule, context.diagnostics.language)] },
  }
}

/** The edits of each finding that keep what works. */
function safeEdits(findings: readonly Finding[]): (readonly Edit[])[] {
  return findings.flatMap((finding) => {
    const fix = fixesOf(finding).find(({ safety }) => safety === 'safe')
    return fix === undefined ? [] : [fix.edits]
  })
}

/** As many fixes as fit together, in one edit; what is left is found again afterwards. */
function together(
  fixes: readonly (readonly Edit[])[],
  kind: string,
  text: Readonly<Record<Language, string>>,
  context: ActionContext,
): CodeAction | undefined {
  let edits: readonly Edit[] = []
  for (const one of fixes) {
    const more = [...edits, ...one]
    if (editOf(more, context) !== undefined) edits = more
  }
  const edit = edits.length === 0 ? undefined : editOf(edits, context)
  return edit === undefined ? undefined : { title: text[context.diagnostics.language], kind, edit }
}

function editOf(edits: readonly Edit[], { checked, places, buffers, edits: form }: ActionContext) {
  return workspaceEdit(edits, checked, { places, buffers, form })
}

function shown(finding: Finding, { places, diagnostics }: ActionContext): Diagnostic {
  return diagnosticOf(finding, places, diagnostics)
}

function distinctRules(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((one, index) => findings.findIndex(({ rule }) => rule === one.rule) === index)
}

/** Whether two ranges share a place; an empty one is the place it stands at. */
function touches(a: EditorRange, b: EditorRange): boolean {
  return !before(a.end, b.start) && !before(b.end, a.start)
}

function before(a: EditorRange['start'], b: EditorRange['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character)
}
