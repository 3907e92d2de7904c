import { rule } from '../../../src/engine/rule.ts'
import { addonFact } from '../../../src/knowledge/addons.ts'
import { connectionBudget } from './connections.ts'

export default rule({
  id: 'app/redis-plan',
  hop: 'message',
  severity: 'warning',
  summary: {
    en: 'The plan of the Redis add-on is retired, unknown or too small',
    fr: 'Le plan de l’add-on Redis est retiré, inconnu ou trop petit',
  },
  messages: {
    retired: {
      severity: 'error',
      text: {
        en: 'the plan {plan} of {name} was withdrawn on {since}: the add-on cannot be created',
        fr: 'le plan {plan} de {name} a été retiré le {since} : l’add-on ne peut pas être créé',
      },
      help: { en: 'Use {service}:{instead}.', fr: 'Prenez {service}:{instead}.' },
      fix: {
        safety: 'unsafe',
        costs: {
          en: 'the plan has its own price: heroku addons:plans shows it',
          fr: 'le plan a son propre prix : heroku addons:plans le montre',
        },
        en: 'Use {service}:{instead}',
        fr: 'Prendre {service}:{instead}',
      },
    },
    unknown: {
      text: {
        en: '{name} has no plan {plan}',
        fr: '{name} n’a pas de plan {plan}',
      },
      help: {
        en: 'Use a plan that exists: mini, premium-0 to premium-14, private-… or shield-….',
        fr: 'Prenez un plan qui existe : mini, premium-0 à premium-14, private-… ou shield-….',
      },
    },
    small: {
      text: {
        en: 'the plan {plan} of {name} has 25 MB and 20 connections: each server process keeps several, and further ones fail with "max number of clients reached"',
        fr: 'le plan {plan} de {name} a 25 Mo et 20 connexions : chaque processus serveur en garde plusieurs, et les suivantes échouent avec « max number of clients reached »',
      },
      help: { en: 'Use {service}:{instead} for production.', fr: 'Prenez {service}:{instead} en production.' },
      fix: {
        safety: 'unsafe',
        costs: {
          en: 'the plan has its own price: heroku addons:plans shows it',
          fr: 'le plan a son propre prix : heroku addons:plans le montre',
        },
        en: 'Use {service}:{instead}',
        fr: 'Prendre {service}:{instead}',
      },
    },
    connections: {
      text: {
        en: 'the plan {plan} of {name} allows {limit} connections, and the running dynos hold at least {needed} once every process is in use: {dynos} web dynos × {processes} processes × {each}{workers}; further ones fail with "max number of clients reached"',
        fr: 'le plan {plan} de {name} accepte {limit} connexions, et les dynos en service en gardent au moins {needed} dès que chaque processus sert : {dynos} dynos web × {processes} processus × {each}{workers} ; les suivantes échouent avec « max number of clients reached »',
      },
      help: {
        en: 'Move to a larger plan (heroku addons:upgrade), or run fewer processes.',
        fr: 'Prenez un plan plus grand (heroku addons:upgrade), ou lancez moins de processus.',
      },
    },
  },
  check(app, report) {
    const attached = app.snapshot?.addons ?? []
    for (const addon of attached) {
      const { service, plan, at } = addon
      const budget = connectionBudget(app, addon)
      const fact = addonFact(service)
      if (fact?.kind !== 'redis' || plan === undefined) continue
      const { name, production = '' } = fact
      if (budget !== undefined && budget.needed > budget.limit) {
        const workers = budget.workers === 0 ? '' : ` + ${budget.workers} (Celery)`
        report('connections', { at, data: { plan, name, ...budget, workers }, symbol: service })
      } else if (fact.small.includes(plan))
        report('small', { at, data: { plan, name, service, instead: production }, symbol: service })
    }
    for (const { service, plan, at, planAt } of app.manifest.addons ?? []) {
      const fact = addonFact(service)
      const place = planAt ?? at
      if (fact?.kind !== 'redis' || plan === undefined || place === undefined) continue
      const retired = fact.retired.find((one) => one.plan.test(plan))
      // The plan of the app itself counts: another in the manifest is for apps that are created from it.
      const small = fact.small.includes(plan) && !attached.some((one) => one.service === service)
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
        edits,
        symbol: service,
      })
    }
  },
})
