import { uncollected } from '../../../src/app/settings/uncollected.ts'
import { rule } from '../../../src/engine/rule.ts'
import { templateEdits } from './edits.ts'
import { type PageFault, pageFaults } from './page-faults.ts'

const load = {
  en: 'Load the library that defines it with `{% load … %}`, or correct the name.',
  fr: 'Chargez la bibliothèque qui le définit par `{% load … %}`, ou corrigez le nom.',
} as const

export default rule({
  id: 'frontend/template-error',
  hop: 'http',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'A page’s template cannot be found or rendered: the page answers with a 500',
    fr: 'Le template d’une page est introuvable ou ne peut pas être rendu : la page répond 500',
  },
  messages: {
    missing: {
      text: {
        en: 'no template `{name}` is in {folders}: the page ends with TemplateDoesNotExist',
        fr: 'aucun template `{name}` n’est dans {folders} : la page se termine sur TemplateDoesNotExist',
      },
      help: {
        en: 'Put the file into one of these folders, or name its folder in `DIRS` of TEMPLATES.',
        fr: 'Placez le fichier dans l’un de ces dossiers, ou nommez son dossier dans `DIRS` de TEMPLATES.',
      },
      fix: { safety: 'safe', en: 'Write it as the file has it', fr: 'L’écrire comme le fichier' },
    },
    folder: {
      text: {
        en: 'no template `{name}` is found: `DIRS` of TEMPLATES leads to `{absent}`, which does not exist, and the page ends with TemplateDoesNotExist',
        fr: 'le template `{name}` est introuvable : `DIRS` de TEMPLATES mène à `{absent}`, qui n’existe pas, et la page se termine sur TemplateDoesNotExist',
      },
      help: {
        en: 'Correct the folder: `BASE_DIR` needs one `.parent` for each step from the settings file up to the root.',
        fr: 'Corrigez le dossier : il faut à `BASE_DIR` un `.parent` par niveau, du fichier de settings à la racine.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'whatever counts from BASE_DIR does so from one folder further up',
          fr: 'tout ce qui part de BASE_DIR part d’un dossier plus haut',
        },
        en: 'Give BASE_DIR one more .parent',
        fr: 'Donner un .parent de plus à BASE_DIR',
      },
    },
    relative: {
      text: {
        en: 'no template `{name}` is found: `{written}` in `DIRS` of TEMPLATES is taken from the folder that the process runs in, `{cwd}` on the dyno, and the file is `{near}`: the page ends with TemplateDoesNotExist',
        fr: 'le template `{name}` est introuvable : `{written}`, dans `DIRS` de TEMPLATES, est pris à partir du dossier où s’exécute le processus, `{cwd}` sur le dyno, et le fichier est `{near}` : la page se termine sur TemplateDoesNotExist',
      },
      help: {
        en: 'Name the folder relative to the settings: `BASE_DIR / "{written}"`.',
        fr: 'Nommez le dossier par rapport aux settings : `BASE_DIR / "{written}"`.',
      },
      fix: {
        safety: 'safe',
        en: 'Name the folder relative to the settings',
        fr: 'Nommer le dossier par rapport aux settings',
      },
    },
    library: {
      text: {
        en: '`{% load {name} %}` finds no library of this name: the template ends with TemplateSyntaxError ("\'{name}\' is not a registered tag library")',
        fr: "`{% load {name} %}` ne trouve aucune bibliothèque de ce nom : le template se termine sur TemplateSyntaxError (« '{name}' is not a registered tag library »)",
      },
      help: {
        en: 'Correct the name, or install the app that brings it.',
        fr: 'Corrigez le nom, ou installez l’application qui l’apporte.',
      },
    },
    app: {
      text: {
        en: '`{% load {name} %}` needs `{app}` in INSTALLED_APPS: the template ends with TemplateSyntaxError ("\'{name}\' is not a registered tag library")',
        fr: "`{% load {name} %}` demande `{app}` dans INSTALLED_APPS : le template se termine sur TemplateSyntaxError (« '{name}' is not a registered tag library »)",
      },
      help: { en: 'Add `{app}` to INSTALLED_APPS.', fr: 'Ajoutez `{app}` à INSTALLED_APPS.' },
      fix: {
        safety: 'unsafe',
        en: 'Add {app} to INSTALLED_APPS',
        fr: 'Ajouter {app} à INSTALLED_APPS',
        changes: {
          en: 'its checks, models and commands are loaded too',
          fr: 'ses vérifications, modèles et commandes se chargent aussi',
        },
      },
    },
    tag: {
      text: {
        en: 'no library that is loaded here defines the tag `{name}`: the template ends with TemplateSyntaxError ("Invalid block tag")',
        fr: 'aucune bibliothèque chargée ici ne définit la balise `{name}` : le template se termine sur TemplateSyntaxError (« Invalid block tag »)',
      },
      help: load,
    },
    filter: {
      text: {
        en: 'no library that is loaded here defines the filter `{name}`: the template ends with TemplateSyntaxError ("Invalid filter")',
        fr: 'aucune bibliothèque chargée ici ne définit le filtre `{name}` : le template se termine sur TemplateSyntaxError (« Invalid filter »)',
      },
      help: load,
    },
    unclosed: {
      text: {
        en: 'nothing closes this `{name}`: the template ends with TemplateSyntaxError ("Unclosed tag")',
        fr: 'rien ne ferme ce `{name}` : le template se termine sur TemplateSyntaxError (« Unclosed tag »)',
      },
      help: { en: 'Add `{% end{name} %}`.', fr: 'Ajoutez `{% end{name} %}`.' },
    },
    static: {
      text: {
        en: 'collectstatic finds no file `{name}`, and the static files storage requires every file in its manifest: the page ends with ValueError ("Missing staticfiles manifest entry")',
        fr: 'collectstatic ne trouve aucun fichier `{name}`, et le stockage des fichiers statiques exige chaque fichier dans son manifeste : la page se termine sur ValueError (« Missing staticfiles manifest entry »)',
      },
      help: {
        en: 'Add the file, or correct the path.',
        fr: 'Ajoutez le fichier, ou corrigez le chemin.',
      },
    },
    unhashed: {
      text: {
        en: 'collectstatic finds no file `{name}`; the manifest is not strict, so the static files storage looks for the file itself, and the page ends with ValueError ("The file \'{name}\' could not be found")',
        fr: "collectstatic ne trouve aucun fichier `{name}` ; le manifeste n’est pas strict, le stockage des fichiers statiques cherche donc le fichier lui-même, et la page se termine sur ValueError (« The file '{name}' could not be found »)",
      },
      help: {
        en: 'Add the file, or correct the path: WHITENOISE_MANIFEST_STRICT = False does not help where the file is missing.',
        fr: 'Ajoutez le fichier, ou corrigez le chemin : WHITENOISE_MANIFEST_STRICT = False n’aide pas là où le fichier manque.',
      },
    },
    case: {
      text: {
        en: 'the file is called `{near}` (upper and lower case differ), and the static files storage looks `{name}` up in its manifest: the page ends with ValueError ("Missing staticfiles manifest entry")',
        fr: 'le fichier s’appelle `{near}` (la casse diffère), et le stockage des fichiers statiques cherche `{name}` dans son manifeste : la page se termine sur ValueError (« Missing staticfiles manifest entry »)',
      },
      help: {
        en: 'Write the path exactly as the file is named: case matters on a dyno.',
        fr: 'Écrivez le chemin exactement comme le fichier s’appelle : sur un dyno, la casse compte.',
      },
      fix: { safety: 'safe', en: 'Write it as the file has it', fr: 'L’écrire comme le fichier' },
    },
    uncollected: {
      text: {
        en: 'collectstatic never runs on the web dynos: the build leaves it out (DISABLE_COLLECTSTATIC), and what another dyno collects is gone with that dyno; the static files storage finds no manifest, and the page ends with ValueError ("Missing staticfiles manifest entry for \'{name}\'")',
        fr: "collectstatic ne s’exécute jamais sur les dynos web : le build la laisse de côté (DISABLE_COLLECTSTATIC), et ce que collecte un autre dyno disparaît avec lui ; le stockage des fichiers statiques ne trouve pas de manifeste, et la page se termine sur ValueError (« Missing staticfiles manifest entry for '{name}' »)",
      },
      help: {
        en: 'Leave collectstatic to the build: take DISABLE_COLLECTSTATIC out of app.json and run `heroku config:unset DISABLE_COLLECTSTATIC`.',
        fr: 'Laissez collectstatic au build : retirez DISABLE_COLLECTSTATIC d’app.json et lancez `heroku config:unset DISABLE_COLLECTSTATIC`.',
      },
    },
    uncompressed: {
      text: {
        en: 'COMPRESS_OFFLINE is on, and nothing of the build or of the web process runs `manage.py compress`: the page ends with OfflineGenerationError ("You have offline compression enabled but key … is missing from offline manifest")',
        fr: 'COMPRESS_OFFLINE est activé, et rien dans le build ni dans le processus web ne lance `manage.py compress` : la page se termine sur OfflineGenerationError (« You have offline compression enabled but key … is missing from offline manifest »)',
      },
      help: {
        en: 'Run `python manage.py compress --force` in `bin/post_compile`, which the buildpack runs after collectstatic.',
        fr: 'Lancez `python manage.py compress --force` dans `bin/post_compile`, que le buildpack exécute après collectstatic.',
      },
    },
    url: {
      text: {
        en: 'no pattern of the URLconf is called `{name}`: the page ends with NoReverseMatch',
        fr: 'aucun motif de l’URLconf ne s’appelle `{name}` : la page se termine sur NoReverseMatch',
      },
      help: {
        en: 'Give the pattern this `name`, or correct the tag.',
        fr: 'Donnez ce `name` au motif, ou corrigez la balise.',
      },
    },
  },
  check(app, report) {
    const elsewhere = uncollected(app)?.elsewhere
    for (const fault of pageFaults(app)) {
      const { name, near, searched, absent, at, when, view } = fault
      const related = [
        ...(view === undefined || view === at
          ? []
          : [{ at: view, message: { en: 'the view renders it', fr: 'la vue l’affiche' } }]),
        ...(fault.kind === 'missing' && near !== undefined
          ? [
              {
                at: { file: near, span: { start: 0, end: 0 } },
                message: { en: 'a template of this name', fr: 'un template de ce nom' },
              },
            ]
          : []),
        ...(elsewhere === undefined || fault.kind !== 'uncollected'
          ? []
          : [
              {
                at: elsewhere,
                message: { en: 'collected here, on another dyno', fr: 'collectés ici, sur un autre dyno' },
              },
            ]),
      ]
      const folders = searched.map((folder) => `\`${folder}\``).join(', ') || '`templates`'
      report(messageOf(fault), {
        at,
        data: {
          name,
          folders,
          absent: absent[0] ?? '',
          near: near ?? '',
          app: near ?? '',
          written: relativeOf(fault) ?? '',
          cwd: ['/app', app.settings.environment.folder].filter(Boolean).join('/'),
        },
        related,
        edits: templateEdits(app, fault),
        partial: fault.partial,
        when,
        symbol: `${fault.kind} ${name}`,
      })
    }
  },
})

/** The relative folder that leads to the file from another folder than the one where the process stands. */
function relativeOf({ name, near, relative }: PageFault): string | undefined {
  return relative.find((written) => near?.endsWith(`/${written.replace(/^\.\/|\/+$/g, '')}/${name}`) === true)
}

function messageOf(fault: PageFault) {
  const { kind, near, absent } = fault
  if (kind === 'missing' && relativeOf(fault) !== undefined) return 'relative'
  if (kind === 'missing') return absent.length > 0 && near !== undefined ? 'folder' : 'missing'
  if (kind === 'library') return near === undefined ? 'library' : 'app'
  return kind === 'static' && near !== undefined ? 'case' : kind
}
