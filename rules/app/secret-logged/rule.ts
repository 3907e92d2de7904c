import type { App } from '../../../src/app/app.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { type FileTree, readText } from '../../../src/files/tree.ts'
import type { Statement } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { loggedSecrets, printedSecrets } from './logged.ts'

const leaveOut = {
  safety: 'unsafe',
  changes: { en: 'the log lacks this line', fr: 'cette ligne manque au journal' },
  needs: {
    en: 'the secret is changed: older logs hold it',
    fr: 'le secret est changé : d’anciens journaux le contiennent',
  },
  en: 'Remove the line',
  fr: 'Retirer la ligne',
} as const

export default rule({
  id: 'app/secret-logged',
  hop: 'safety',
  severity: 'warning',
  security: 'all',
  summary: {
    en: 'A secret is printed or logged',
    fr: 'Un secret est affiché ou journalisé',
  },
  messages: {
    password: {
      text: {
        en: 'this writes the password of {variable} to the log: everyone who may read the app’s logs sees it, and every log drain gets it',
        fr: 'ceci écrit le mot de passe de {variable} dans le journal : tous ceux qui peuvent lire les journaux de l’application le voient, et chaque drain le reçoit',
      },
      help: {
        en: 'Log the host alone (`urlsplit(url).hostname`), or nothing. A password that has been in a log should be changed.',
        fr: 'N’écrivez que l’hôte (`urlsplit(url).hostname`), ou rien. Un mot de passe passé dans un journal devrait être changé.',
      },
      fix: leaveOut,
    },
    value: {
      text: {
        en: 'this writes the value of {variable} to the log: everyone who may read the app’s logs sees it, and every log drain gets it',
        fr: 'ceci écrit la valeur de {variable} dans le journal : tous ceux qui peuvent lire les journaux de l’application la voient, et chaque drain la reçoit',
      },
      help: {
        en: 'Say whether it is set, not what it is. A secret that has been in a log should be changed.',
        fr: 'Dites s’il est défini, pas ce qu’il vaut. Un secret passé dans un journal devrait être changé.',
      },
      fix: leaveOut,
    },
    printed: {
      text: {
        en: 'this prints every config var to the log when the process starts, the add-ons’ passwords and keys among them: everyone who may read the app’s logs sees them, and every log drain gets them',
        fr: 'ceci affiche toutes les config vars dans le journal au démarrage du processus, mots de passe des add-ons et clés compris : tous ceux qui peuvent lire les journaux de l’application les voient, et chaque drain les reçoit',
      },
      help: {
        en: "Print the names alone (`awk 'BEGIN { for (name in ENVIRON) print name }'`; a value of several lines passes `cut`), or nothing. Passwords and keys that have been in a log should be changed.",
        fr: "N’affichez que les noms (`awk 'BEGIN { for (name in ENVIRON) print name }'` ; une valeur de plusieurs lignes passe `cut`), ou rien. Les mots de passe et clés passés dans un journal devraient être changés.",
      },
      fix: { safety: 'safe', en: 'Print the names alone', fr: 'N’afficher que les noms' },
    },
    traced: {
      text: {
        en: 'after `set -x` the shell writes this command to the log as it is expanded, with what {variable} holds: everyone who may read the app’s logs sees it, and every log drain gets it',
        fr: 'après `set -x`, le shell écrit cette commande dans le journal une fois développée, avec ce que contient {variable} : tous ceux qui peuvent lire les journaux de l’application le voient, et chaque drain le reçoit',
      },
      help: {
        en: 'Leave `-x` out, or write `set +x` before this line. A secret that has been in a log should be changed.',
        fr: 'Retirez `-x`, ou écrivez `set +x` avant cette ligne. Un secret passé dans un journal devrait être changé.',
      },
      fix: {
        safety: 'safe',
        needs: leaveOut.needs,
        en: 'Leave out -x',
        fr: 'Retirer -x',
      },
    },
    environment: {
      text: {
        en: 'this writes every config var to the log, the add-ons’ passwords and keys among them: everyone who may read the app’s logs sees them, and every log drain gets them',
        fr: 'ceci écrit toutes les config vars dans le journal, mots de passe des add-ons et clés compris : tous ceux qui peuvent lire les journaux de l’application les voient, et chaque drain les reçoit',
      },
      help: {
        en: 'Log the names that are set, `sorted(os.environ)`, or nothing. Passwords and keys that have been in a log should be changed.',
        fr: 'N’écrivez que les noms définis, `sorted(os.environ)`, ou rien. Les mots de passe et clés passés dans un journal devraient être changés.',
      },
      fix: leaveOut,
    },
  },
  check(app, report) {
    for (const { kind, at, variable, tracedBy } of printedSecrets(app)) {
      const symbol = variable || 'printenv'
      if (tracedBy !== undefined) {
        const related = [{ at: tracedBy, message: { en: 'said here', fr: 'demandé ici' } }]
        report('traced', { at, data: { variable }, edits: untraced(app.tree, tracedBy), related, symbol })
      } else if (kind === 'environment') report('printed', { at, edits: namesAlone(app, at), symbol })
      else report(kind, { at, data: { variable }, symbol })
    }
    for (const { kind, at, variable, when, chain } of loggedSecrets(app)) {
      const related = chain.slice(-1).map((place) => ({
        at: place,
        message: { en: 'imported here', fr: 'importé ici' },
      }))
      report(kind, {
        at,
        data: { variable },
        edits: withoutStatement(app.tree, at),
        related,
        when,
        symbol: variable === '' ? 'os.environ' : variable,
      })
    }
  },
})

/** Takes a call away that is a statement of its own; nothing else uses what it returns. */
function withoutStatement(tree: FileTree, { file, span }: Place): readonly Edit[] | undefined {
  const source = parseFile(tree, file)
  let found: { readonly statement: Statement; readonly isAlone: boolean } | undefined
  const look = (body: readonly Statement[]): void => {
    for (const statement of body)
      if (statement.kind === 'Expr' && statement.value.start === span.start && statement.value.end === span.end)
        found = { statement, isAlone: body.length === 1 }
  }
  if (source === undefined) return undefined
  look(source.module.body)
  eachNode(source.module.body, (node) => {
    if ('body' in node && Array.isArray(node.body)) look(node.body as readonly Statement[])
    if ('orelse' in node && Array.isArray(node.orelse)) look(node.orelse as readonly Statement[])
    return true
  })
  if (found === undefined) return undefined
  const { text } = source
  const { start, end } = found.statement
  if (found.isAlone) return [{ file, span: { start, end }, text: 'pass' }]
  const line = text.lastIndexOf('\n', start - 1) + 1
  const rest = text.indexOf('\n', end)
  if (!/^[ \t]*$/.test(text.slice(line, start)) || !/^[ \t]*\r?$/.test(text.slice(end, rest < 0 ? text.length : rest)))
    return undefined
  return [{ file, span: { start: line, end: rest < 0 ? text.length : rest + 1 }, text: '' }]
}

/** `printenv` and `env`, alone or at the head of a pipe, print the names alone. */
function namesAlone(app: App, at: Place): readonly Edit[] | undefined {
  const text = readText(app.tree, at.file)?.text ?? ''
  const written = text.slice(at.span.start, at.span.end)
  if (!/^(?:printenv|env)$/.test(written) || !/^[ \t]*(?:\r?\n|$|\|[^|])/.test(text.slice(at.span.end)))
    return undefined
  return [{ ...at, text: "awk 'BEGIN { for (name in ENVIRON) print name }'" }]
}

/** `set -ex` -> `set -e`; a line that says `set -x` alone goes. */
function untraced(tree: FileTree, { file, span }: Place): readonly Edit[] | undefined {
  const text = readText(tree, file)?.text ?? ''
  const written = text.slice(span.start, span.end)
  const others = /^-[a-z]*x[a-z]*$/.test(written) ? written.replace('x', '') : undefined
  if (others === undefined) return undefined
  if (others !== '-') return [{ file, span, text: others }]
  const line = text.lastIndexOf('\n', span.start - 1) + 1
  const next = text.indexOf('\n', span.end)
  if (!/^[ \t]*set[ \t]+$/.test(text.slice(line, span.start)) || next < 0 || text.slice(span.end, next).trim() !== '')
    return undefined
  return [{ file, span: { start: line, end: next + 1 }, text: '' }]
}
