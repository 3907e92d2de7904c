import { rule } from '../../../src/engine/rule.ts'
import { dynoSizes, retiredSizes } from '../../../src/knowledge/dynos.ts'

export default rule({
  id: 'app/web-formation',
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'No web dyno runs or would be started, or the formation asks for a dyno size that does not exist',
    fr: 'Aucun dyno web ne tourne ou ne serait lancé, ou la formation demande une taille de dyno qui n’existe pas',
  },
  messages: {
    zero: {
      text: {
        en: 'the app is created with no `web` dyno: requests and WebSockets get "H14 No web processes running"',
        fr: 'l’application est créée sans dyno `web` : requêtes et WebSockets reçoivent « H14 No web processes running »',
      },
      help: { en: 'Set its quantity to 1.', fr: 'Mettez sa quantité à 1.' },
      fix: {
        safety: 'unsafe',
        costs: {
          en: 'a dyno is paid for as long as it runs, unless Eco hours are left',
          fr: 'un dyno se paie tant qu’il tourne, sauf s’il reste des heures Eco',
        },
        en: 'Start one web dyno',
        fr: 'Lancer un dyno web',
      },
    },
    none: {
      text: {
        en: 'no `web` dyno of the app runs: requests and WebSockets get "H14 No web processes running"',
        fr: 'aucun dyno `web` de l’application ne tourne : requêtes et WebSockets reçoivent « H14 No web processes running »',
      },
      help: { en: 'Start one: heroku ps:scale web=1.', fr: 'Lancez-en un : heroku ps:scale web=1.' },
    },
    crashed: {
      text: {
        en: 'every `web` dyno of the app crashed ({down}): requests and WebSockets get "H10 App crashed"',
        fr: 'tous les dynos `web` de l’application ont planté ({down}) : requêtes et WebSockets reçoivent « H10 App crashed »',
      },
      help: {
        en: 'Read why in `heroku logs`, correct it, then `heroku ps:restart web`.',
        fr: 'Lisez pourquoi dans `heroku logs`, corrigez, puis `heroku ps:restart web`.',
      },
    },
    retired: {
      text: { en: 'the dyno size {size} no longer exists', fr: 'la taille de dyno {size} n’existe plus' },
      help: { en: 'Use {instead}.', fr: 'Prenez {instead}.' },
      fix: {
        safety: 'unsafe',
        costs: {
          en: 'a dyno is paid for as long as it runs, unless Eco hours are left',
          fr: 'un dyno se paie tant qu’il tourne, sauf s’il reste des heures Eco',
        },
        en: 'Use {instead}',
        fr: 'Prendre {instead}',
      },
    },
    unknown: {
      text: { en: 'there is no dyno size {size}', fr: 'la taille de dyno {size} n’existe pas' },
      help: {
        en: 'Use eco, basic, standard-1x, standard-2x, performance-m …',
        fr: 'Prenez eco, basic, standard-1x, standard-2x, performance-m …',
      },
    },
  },
  check(app, report) {
    const { web } = app.processes
    const { dynos, dynosAt } = app.snapshot ?? {}
    if (web !== undefined && !web.lost && dynos !== undefined && app.isDjango && !app.config.workerOnly) {
      const { up = 0, down = 0 } = dynos.find(({ type }) => type === 'web') ?? {}
      if (up === 0) {
        const seen = { en: 'the dynos that run', fr: 'les dynos en service' }
        report(down > 0 ? 'crashed' : 'none', {
          at: web.at,
          data: { down },
          related: dynosAt === undefined ? [] : [{ at: dynosAt, message: seen }],
          symbol: 'web dynos',
        })
      }
    }
    for (const { type, quantity, size } of app.manifest.appJson?.formation ?? []) {
      if (type === 'web' && quantity?.value === 0 && dynos === undefined && app.isDjango && !app.config.workerOnly) {
        report('zero', {
          at: quantity.at,
          edits: [{ ...quantity.at, text: '1' }],
          symbol: type,
        })
      }
      const name = size?.text.toLowerCase()
      if (size === undefined || name === undefined || dynoSizes.some((form) => form.test(name))) continue
      const instead = retiredSizes[name]
      report(instead === undefined ? 'unknown' : 'retired', {
        at: size.at,
        data: { size: size.text, instead: instead ?? '' },
        edits: instead !== undefined ? [{ ...size.at, text: instead }] : undefined,
        symbol: `${type} size`,
      })
    }
  },
})
