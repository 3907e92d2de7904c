import { replaceValue } from '../../../src/app/processes/command-edits.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { rule } from '../../../src/engine/rule.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

const worker = {
  text: {
    en: '`{worker}` is deprecated since uvicorn 0.30 and will be removed; it moved to the package uvicorn-worker',
    fr: '`{worker}` est déprécié depuis uvicorn 0.30 et disparaîtra ; il se trouve désormais dans le paquet uvicorn-worker',
  },
  help: {
    en: 'Install uvicorn-worker and write `-k {instead}`.',
    fr: 'Installez uvicorn-worker et écrivez `-k {instead}`.',
  },
  fix: { safety: 'safe', en: 'Use {instead}', fr: 'Utiliser {instead}' },
} as const

export default rule({
  id: 'procfile/deprecated-worker',
  hop: 'boot',
  severity: 'warning',
  summary: {
    en: 'gunicorn uses uvicorn’s own worker class, which is deprecated',
    fr: 'gunicorn utilise la classe de worker d’uvicorn, qui est dépréciée',
  },
  messages: {
    worker,
    // The package has to be added as well.
    'worker-absent': {
      ...worker,
      fix: {
        ...worker.fix,
        safety: 'unsafe',
        changes: { en: 'one more package is installed', fr: 'un paquet de plus s’installe' },
      },
    },
  },
  check(app, report) {
    const verdict = judgeServer(app, app.processes.web, ({ workerClass }) =>
      /^uvicorn\.workers\./.test(known(workerClass?.parts) ?? ''),
    )
    const value = verdict?.server.workerClass
    const written = known(value?.parts)
    if (verdict === undefined || value === undefined || written === undefined) return
    if (atLeast(app.dependencies, 'uvicorn', '0.30.0') === false) return
    const instead = written.replace('uvicorn.workers.', 'uvicorn_worker.')
    const installed = app.dependencies.installed('uvicorn-worker').state === 'installed'
    const edit = replaceValue(app, value.at, written, instead)
    const addition = installed ? undefined : app.dependencies.addition('uvicorn-worker==0.4.0')
    const edits =
      edit === undefined || (!installed && addition === undefined)
        ? undefined
        : [edit, ...(addition === undefined ? [] : [addition])]
    report(installed ? 'worker' : 'worker-absent', {
      at: value.at,
      data: { worker: written, instead },
      edits,
      when: verdict.when,
      symbol: 'web',
    })
  },
})
