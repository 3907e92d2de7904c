import { rule } from '../../../src/engine/rule.ts'
import { dynoSizes, retiredSizes } from '../../../src/knowledge/dynos.ts'

export default rule({
  id: 'app/web-formation',
  hop: 'boot',
  severity: 'error',
  fix: 'safe',
  summary: {
    en: 'The formation starts no web dyno, or asks for a dyno size that does not exist',
    fr: 'La formation ne lance aucun dyno web, ou demande une taille de dyno qui n’existe pas',
  },
  messages: {
    zero: {
      en: 'the app is created with no `web` dyno: requests and WebSockets get "H14 No web processes running"',
      fr: 'l’application est créée sans dyno `web` : requêtes et WebSockets reçoivent « H14 No web processes running »',
    },
    retired: { en: 'the dyno size {size} no longer exists', fr: 'la taille de dyno {size} n’existe plus' },
    unknown: { en: 'there is no dyno size {size}', fr: 'la taille de dyno {size} n’existe pas' },
  },
  mend: {
    zero: { en: 'Set its quantity to 1.', fr: 'Mettez sa quantité à 1.' },
    retired: { en: 'Take {instead}.', fr: 'Prenez {instead}.' },
    unknown: {
      en: 'Take eco, basic, standard-1x, standard-2x, performance-m …',
      fr: 'Prenez eco, basic, standard-1x, standard-2x, performance-m …',
    },
  },
  check(app, report) {
    for (const { type, quantity, size } of app.manifest.appJson?.formation ?? []) {
      if (type === 'web' && quantity?.value === 0 && app.isDjango && !app.config.workerOnly) {
        report('zero', {
          at: quantity.at,
          fixes: [
            {
              title: { en: 'Start one web dyno', fr: 'Lancer un dyno web' },
              safety: 'safe',
              edits: [{ ...quantity.at, text: '1' }],
            },
          ],
          symbol: type,
        })
      }
      const name = size?.text.toLowerCase()
      if (size === undefined || name === undefined || dynoSizes.some((form) => form.test(name))) continue
      const instead = retiredSizes[name]
      report(instead === undefined ? 'unknown' : 'retired', {
        at: size.at,
        data: { size: size.text, instead: instead ?? '' },
        ...(instead !== undefined && {
          fixes: [
            {
              title: { en: `Take ${instead}`, fr: `Prendre ${instead}` },
              safety: 'safe',
              edits: [{ ...size.at, text: instead }],
            },
          ],
        }),
        symbol: `${type} size`,
      })
    }
  },
})
