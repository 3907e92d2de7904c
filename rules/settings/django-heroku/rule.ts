import { herokuCall } from '../../../src/app/settings/heroku-call.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'settings/django-heroku',
  hop: 'http',
  severity: 'warning',
  restsOn: ['settings'],
  summary: {
    en: 'django_heroku.settings(locals()) silently overrides settings',
    fr: 'django_heroku.settings(locals()) remplace des settings sans rien dire',
  },
  messages: {
    overrides: {
      text: {
        en: '{call} replaces what is set above it: {what}. The package has been unmaintained since 2018',
        fr: '{call} remplace ce qui précède : {what}. Le paquet n’est plus maintenu depuis 2018',
      },
      help: {
        en: 'Remove the call and write what you need of it: DATABASES from dj_database_url, WhiteNoise, ALLOWED_HOSTS.',
        fr: 'Retirez l’appel et écrivez ce dont vous avez besoin : DATABASES avec dj_database_url, WhiteNoise, ALLOWED_HOSTS.',
      },
    },
  },
  check(app, report) {
    const call = herokuCall(app)
    if (call === undefined || call.overrides.length === 0) return
    const list = (language: 'en' | 'fr') => call.overrides.map((text) => text[language]).join(', ')
    report('overrides', {
      at: call.at,
      data: { call: `${call.module}.settings()`, what: { en: list('en'), fr: list('fr') } },
      when: call.when,
      symbol: 'django_heroku',
    })
  },
})
