import { rule } from '../../../src/engine/rule.ts'
import { refusedStorages } from './refused-storages.ts'
import { unreadStorages } from './unread-storages.ts'

const help = {
  en: 'Name it in STORAGES, which Django has since 4.2: `STORAGES = {"default": {"BACKEND": "…"}, "staticfiles": {"BACKEND": "…"}}`, with both entries.',
  fr: 'Nommez-la dans STORAGES, que Django a depuis 4.2 : `STORAGES = {"default": {"BACKEND": "…"}, "staticfiles": {"BACKEND": "…"}}`, avec les deux entrées.',
} as const

export default rule({
  id: 'settings/removed-setting',
  hop: 'http',
  severity: 'warning',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'A storage is named by a setting that the installed Django no longer reads, or refuses beside STORAGES',
    fr: 'Une classe de stockage est nommée par un setting que le Django installé ne lit plus, ou refuse à côté de STORAGES',
  },
  messages: {
    refused: {
      severity: 'error',
      hop: 'release',
      text: {
        en: '{name} and STORAGES are both set, which this Django refuses when it reads the settings: ImproperlyConfigured, "{name}/STORAGES are mutually exclusive."',
        fr: '{name} et STORAGES sont définis tous les deux, ce que ce Django refuse quand il lit les settings : ImproperlyConfigured, « {name}/STORAGES are mutually exclusive. »',
      },
      help: {
        en: 'Delete {name}, and name its class in `STORAGES["{alias}"]`.',
        fr: 'Supprimez {name}, et nommez sa classe dans `STORAGES["{alias}"]`.',
      },
    },
    uploads: {
      text: {
        en: '{name} has no effect since Django 5.1, which removed it: `{storage}` gets nothing, files that are uploaded go to the disk of the dyno and are lost at its next restart, at least once a day',
        fr: '{name} est sans effet depuis Django 5.1, qui l’a supprimé : `{storage}` ne reçoit rien, les fichiers envoyés vont sur le disque du dyno et disparaissent à son prochain redémarrage, au moins une fois par jour',
      },
      help,
    },
    static: {
      severity: 'info',
      text: {
        en: '{name} has no effect since Django 5.1, which removed it: collectstatic and `{% static %}` use StaticFilesStorage, and not `{storage}`',
        fr: '{name} est sans effet depuis Django 5.1, qui l’a supprimé : collectstatic et `{% static %}` utilisent StaticFilesStorage, et non `{storage}`',
      },
      help,
    },
  },
  check(app, report) {
    for (const { alias, name, at, beside, hop, process, when } of refusedStorages(app)) {
      report('refused', {
        at,
        hop,
        process,
        data: { name, alias },
        related: [{ at: beside, message: { en: 'STORAGES is set', fr: 'STORAGES est défini' } }],
        when,
        symbol: name,
      })
    }
    for (const { alias, name, storage, at, when, field } of unreadStorages(app)) {
      report(alias === 'default' ? 'uploads' : 'static', {
        at,
        data: { name, storage },
        related:
          field === undefined
            ? []
            : [{ at: field, message: { en: 'a field with such files', fr: 'un champ qui a de tels fichiers' } }],
        when,
        symbol: name,
      })
    }
  },
})
