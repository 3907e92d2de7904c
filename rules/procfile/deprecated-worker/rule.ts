import { replaceValue } from '../../../src/app/processes/command-edits.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { rule } from '../../../src/engine/rule.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

export default rule({
  id: 'procfile/deprecated-worker',
  hop: 'boot',
  severity: 'warning',
  fix: 'safe',
  summary: {
    en: 'gunicorn uses the deprecated worker of uvicorn itself',
    fr: 'gunicorn emploie le worker déprécié d’uvicorn',
  },
  messages: {
    worker: {
      en: '`{worker}` is deprecated since uvicorn 0.30 and will be removed; it moved to the package uvicorn-worker',
      fr: '`{worker}` est déprécié depuis uvicorn 0.30 et disparaîtra ; il a déménagé dans le paquet uvicorn-worker',
    },
  },
  mend: {
    en: 'Install uvicorn-worker and write `-k {instead}`.',
    fr: 'Installez uvicorn-worker et écrivez `-k {instead}`.',
  },
  check(app, report) {
    const verdict = judgeServer(app.processes.web, ({ workerClass }) =>
      /^uvicorn\.workers\./.test(known(workerClass?.parts) ?? ''),
    )
    const value = verdict?.server.workerClass
    const worker = known(value?.parts)
    if (verdict === undefined || value === undefined || worker === undefined) return
    if (atLeast(app.dependencies, 'uvicorn', '0.30.0') === false) return
    const instead = worker.replace('uvicorn.workers.', 'uvicorn_worker.')
    const installed = app.dependencies.installed('uvicorn-worker').state === 'installed'
    const edit = replaceValue(app, value.at, worker, instead)
    const addition = installed ? undefined : app.dependencies.addition('uvicorn-worker==0.4.0')
    const edits =
      edit === undefined || (!installed && addition === undefined)
        ? undefined
        : [edit, ...(addition === undefined ? [] : [addition])]
    report('worker', {
      at: value.at,
      data: { worker, instead },
      ...(edits && {
        fixes: [
          { title: { en: `Use ${instead}`, fr: `Employer ${instead}` }, safety: installed ? 'safe' : 'unsafe', edits },
        ],
      }),
      ...(verdict.when.length > 0 && { when: verdict.when }),
      symbol: 'web',
    })
  },
})
