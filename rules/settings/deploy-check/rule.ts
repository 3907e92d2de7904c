import { raisedChecks, systemChecks } from '../../../src/app/settings/system-checks/raised.ts'
import { rule } from '../../../src/engine/rule.ts'
import { messages } from './messages.ts'

function isOurs(id: string): id is keyof typeof messages {
  return id in messages
}

export default rule({
  id: 'settings/deploy-check',
  hop: 'safety',
  severity: 'warning',
  security: 'all',
  profile: 'strict',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'What `manage.py check --deploy` would warn of on the dyno',
    fr: 'Ce dont `manage.py check --deploy` avertirait sur le dyno',
  },
  messages,
  check(app, report) {
    const asked = systemChecks.filter(({ id }) => isOurs(id))
    for (const { check, at, when, value } of raisedChecks(app, app.settings, asked)) {
      const { id } = check
      if (isOurs(id)) report(id, { at, data: { value }, when, symbol: id })
    }
  },
})
