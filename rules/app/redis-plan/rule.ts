import { rule } from '../../../src/engine/rule.ts'
import { addonFact } from '../../../src/knowledge/addons.ts'

export default rule({
  id: 'app/redis-plan',
  hop: 'message',
  severity: 'warning',
  fix: 'safe',
  summary: {
    en: 'The plan of the Redis add-on is retired, unknown or too small',
    fr: 'Le plan de l’add-on Redis est retiré, inconnu ou trop petit',
  },
  messages: {
    retired: {
      en: 'the plan {plan} of {name} was withdrawn on {since}: the add-on cannot be created',
      fr: 'le plan {plan} de {name} a été retiré le {since} : l’add-on ne peut pas être créé',
    },
    unknown: {
      en: '{name} has no plan {plan}',
      fr: '{name} n’a pas de plan {plan}',
    },
    small: {
      en: 'the plan {plan} of {name} has 25 MB and 20 connections: each server process keeps several, and further ones fail with "max number of clients reached"',
      fr: 'le plan {plan} de {name} a 25 Mo et 20 connexions : chaque processus serveur en garde plusieurs, et les suivantes échouent avec « max number of clients reached »',
    },
  },
  mend: {
    retired: { en: 'Take {service}:{instead}.', fr: 'Prenez {service}:{instead}.' },
    unknown: {
      en: 'Take a plan that exists: mini, premium-0 to premium-14, private-… or shield-….',
      fr: 'Prenez un plan qui existe : mini, premium-0 à premium-14, private-… ou shield-….',
    },
    small: { en: 'Take {service}:{instead} for production.', fr: 'Prenez {service}:{instead} en production.' },
  },
  check(app, report) {
    for (const { service, plan, at, planAt } of app.manifest.addons ?? []) {
      const fact = addonFact(service)
      const place = planAt ?? at
      if (fact?.kind !== 'redis' || plan === undefined || place === undefined) continue
      const retired = fact.retired.find((one) => one.plan.test(plan))
      const small = fact.small.includes(plan)
      const unknown = fact.plans !== undefined && !fact.plans.some((form) => form.test(plan))
      if (retired === undefined && !small && !unknown) continue
      const instead = fact.production ?? retired?.instead
      const edits =
        instead === undefined || (unknown && retired === undefined) || planAt === undefined
          ? []
          : [{ ...planAt, text: instead }]
      report(retired !== undefined ? 'retired' : small ? 'small' : 'unknown', {
        at: place,
        data: { plan, name: fact.name, service, since: retired?.since ?? '', instead: instead ?? '' },
        ...(retired !== undefined && { severity: 'error' }),
        ...(edits.length > 0 && {
          fixes: [
            { title: { en: `Take ${service}:${instead}`, fr: `Prendre ${service}:${instead}` }, safety: 'safe', edits },
          ],
        }),
        symbol: service,
      })
    }
  },
})
