import type { App } from '../../../src/app/app.ts'
import { type BindFault, hostFault, unknownBinding } from '../../../src/app/processes/bind-faults.ts'
import { addOption, replaceValue, textAt } from '../../../src/app/processes/command-edits.ts'
import { isWrong, judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { quotedAround } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { shown } from '../../../src/evaluate/shell/word.ts'

const help = {
  en: 'Listen on all interfaces: 0.0.0.0 (or `[::]`).',
  fr: 'Écoutez sur toutes les interfaces : 0.0.0.0 (ou `[::]`).',
} as const

export default rule({
  id: 'procfile/bind-host',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'The web server listens on the loopback interface only',
    fr: 'Le serveur web n’écoute que sur la boucle locale',
  },
  messages: {
    default: {
      text: {
        en: '{server} is given no host and listens on {host} only: the router cannot reach it ("Error R10 (Boot timeout)")',
        fr: '{server} ne reçoit pas d’hôte et n’écoute que sur {host} : le routeur ne peut pas l’atteindre (« Error R10 (Boot timeout) »)',
      },
      help,
      fix: { safety: 'safe', en: 'Listen on 0.0.0.0', fr: 'Écouter sur 0.0.0.0' },
    },
    written: {
      text: {
        en: '{server} listens on {host} only: the router cannot reach it ("Error R10 (Boot timeout)")',
        fr: '{server} n’écoute que sur {host} : le routeur ne peut pas l’atteindre (« Error R10 (Boot timeout) »)',
      },
      help,
      fix: { safety: 'safe', en: 'Listen on 0.0.0.0', fr: 'Écouter sur 0.0.0.0' },
    },
  },
  check(app, report) {
    const { web } = app.processes
    const verdict = judgeServer(
      app,
      web,
      (server) => isWrong(hostFault(server), unknownBinding(server, 'host')),
      (server) => unknownBinding(server, 'host'),
    )
    if (verdict === undefined) return
    const { server, when } = verdict
    const { value } = hostFault(server) as BindFault
    const isDefault = value.source === 'default'
    const host = shown(value.parts)
    const edit = isDefault
      ? addOption(app, server, 'host')
      : (replaceValue(app, value.at, host, '0.0.0.0') ?? hostInPython(app, value.at, host))
    report(isDefault ? 'default' : 'written', {
      at: value.at,
      data: { server: server.name, host },
      edits: edit && [edit],
      when,
      symbol: 'web',
    })
  },
})

/** A host that a Python file names in a text, alone or before a port. */
function hostInPython(app: App, at: Place, host: string): Edit | undefined {
  if (!app.project.python.includes(at.file) || quotedAround(app.tree, at) === undefined) return undefined
  const written = textAt(app, at)
  const quotes = written === host ? '' : written === `'${host}'` ? "'" : written === `"${host}"` ? '"' : undefined
  return quotes === undefined ? undefined : { ...at, text: `${quotes}0.0.0.0${quotes}` }
}
