import { judgeServer } from '../../src/app/processes/server-verdict.ts'
import { rule } from '../../src/engine/rule.ts'

export default rule({
  id: 'procfile/new-rule',
  hop: 'boot',
  severity: 'info',
  summary: { en: '`web` starts uvicorn', fr: '`web` lance uvicorn' },
  messages: {
    found: {
      text: { en: '{server} is started here', fr: '{server} est lancé ici' },
      help: { en: 'Say what to do instead.', fr: 'Dites quoi faire à la place.' },
    },
  },
  check(app, report) {
    const verdict = judgeServer(app, app.processes.web, ({ name }) => name === 'uvicorn')
    if (verdict === undefined) return
    const { server, when } = verdict
    report('found', { at: server.at, data: { server: server.name }, when, symbol: 'web' })
  },
})
