import { rule } from '../../../src/engine/rule.ts'
import { staticFaults } from './static-faults.ts'

export default rule({
  id: 'settings/static-root',
  hop: 'build',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings', 'heroku'],
  summary: {
    en: 'collectstatic fails in the build, or nothing serves static files',
    fr: 'collectstatic échoue pendant le build, ou rien ne sert les fichiers statiques',
  },
  messages: {
    'no-command': {
      text: {
        en: 'the buildpack runs collectstatic wherever there is a manage.py, but django.contrib.staticfiles, which brings the command, is not in INSTALLED_APPS: the build ends with "Unknown command: \'collectstatic\'"',
        fr: "le buildpack lance collectstatic dès qu’il y a un manage.py, mais django.contrib.staticfiles, qui apporte la commande, n’est pas dans INSTALLED_APPS : le build s’arrête sur « Unknown command: 'collectstatic' »",
      },
      help: {
        en: 'Add django.contrib.staticfiles and STATIC_ROOT, or run `heroku config:set DISABLE_COLLECTSTATIC=1`.',
        fr: 'Ajoutez django.contrib.staticfiles et STATIC_ROOT, ou lancez `heroku config:set DISABLE_COLLECTSTATIC=1`.',
      },
    },
    'no-root': {
      text: {
        en: 'collectstatic fails in {phase}: ImproperlyConfigured "You\'re using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path."',
        fr: "collectstatic échoue pendant {phase} : ImproperlyConfigured « You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path. »",
      },
      help: {
        en: 'Set STATIC_ROOT = BASE_DIR / "staticfiles".',
        fr: 'Définissez STATIC_ROOT = BASE_DIR / "staticfiles".',
      },
      fix: { safety: 'safe', en: 'Set STATIC_ROOT', fr: 'Définir STATIC_ROOT' },
    },
    'no-folder': {
      text: {
        en: 'STATICFILES_DIRS names `{name}`, which the repository does not contain (git keeps no empty folders): collectstatic fails in {phase} with FileNotFoundError',
        fr: 'STATICFILES_DIRS nomme `{name}`, que le dépôt ne contient pas (git ne garde pas de dossier vide) : collectstatic échoue pendant {phase} avec FileNotFoundError',
      },
      help: {
        en: 'Commit a file in it (such as .gitkeep), or remove the entry.',
        fr: 'Mettez-y un fichier versionné (comme .gitkeep), ou retirez l’entrée.',
      },
    },
    'no-target': {
      text: {
        en: 'the storage puts hashes into file names and looks for what this file names: `{name}` is in no static folder of the repository, and collectstatic fails in {phase} ("The file \'{name}\' could not be found")',
        fr: "le stockage met une empreinte dans les noms de fichiers et cherche ce que nomme celui-ci : `{name}` n’est dans aucun dossier statique du dépôt, et collectstatic échoue pendant {phase} (« The file '{name}' could not be found »)",
      },
      help: {
        en: 'Commit the file, or remove the reference.',
        fr: 'Ajoutez le fichier au dépôt, ou retirez la référence.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the developer tools of the browser show this file as it is, even where its source map is on your disk',
          fr: 'les outils de développement du navigateur montrent ce fichier tel quel, même là où sa source map est sur votre disque',
        },
        en: 'Remove the comment that names the source map',
        fr: 'Retirer le commentaire qui nomme la source map',
      },
    },
    disabled: {
      severity: 'warning',
      hop: 'http',
      text: {
        en: 'the app has the config var {name}, so the build collects no static files, and this folder is empty on the dyno: CSS and scripts (the admin’s too) get 404',
        fr: 'l’application a la config var {name} : le build ne collecte aucun fichier statique, et ce dossier est vide sur le dyno ; CSS et scripts (ceux de l’admin aussi) donnent 404',
      },
      help: {
        en: 'heroku config:unset {name}, then deploy again.',
        fr: 'heroku config:unset {name}, puis déployez de nouveau.',
      },
    },
    'not-served': {
      severity: 'warning',
      hop: 'http',
      restsOn: ['settings'],
      text: {
        en: 'with DEBUG off nothing serves static files: {name} does not, and neither WhiteNoise nor another storage is set up; CSS and scripts (the admin’s too) get 404',
        fr: 'avec DEBUG désactivé, rien ne sert les fichiers statiques : {name} ne le fait pas, et ni WhiteNoise ni un autre stockage n’est configuré ; CSS et scripts (ceux de l’admin aussi) donnent 404',
      },
      help: {
        en: 'Install whitenoise and put its middleware right after SecurityMiddleware.',
        fr: 'Installez whitenoise et placez son middleware juste après SecurityMiddleware.',
      },
    },
  },
  check(app, report) {
    for (const { kind, at, name, when, edits, hop, related = [] } of staticFaults(app)) {
      report(kind, {
        at,
        data: {
          name,
          phase: hop === 'release' ? { en: 'the release', fr: 'la release' } : { en: 'the build', fr: 'le build' },
        },
        hop,
        edits,
        when,
        related: related.map((place) => ({ at: place, message: { en: 'not found either', fr: 'introuvable aussi' } })),
        symbol: kind === 'no-target' ? `STATIC ${name}` : `STATIC ${kind}`,
      })
    }
  },
})
