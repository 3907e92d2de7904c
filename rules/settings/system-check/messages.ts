const tail = {
  en: ': every manage.py command that runs the system checks stops{first}',
  fr: ' : toute commande manage.py qui lance les vérifications s’arrête{first}',
} as const

/** What is wrong, and what comes of it. */
function stops<const En extends string, const Fr extends string>(en: En, fr: Fr) {
  return { en: `${en}${tail.en}`, fr: `${fr}${tail.fr}` } as const
}

function lacksMiddleware<const Id extends string, const Path extends string>(id: Id, path: Path) {
  return {
    text: stops(
      `the admin is installed, and MIDDLEWARE lacks ${path} (${id})`,
      `l’admin est installé, et il manque ${path} à MIDDLEWARE (${id})`,
    ),
    help: { en: `Add '${path}' to MIDDLEWARE.`, fr: `Ajoutez '${path}' à MIDDLEWARE.` },
  } as const
}

function lacksProcessor<const Id extends string, const Path extends string>(id: Id, path: Path) {
  return {
    text: stops(
      `the admin is installed, and the context processors of TEMPLATES lack ${path} (${id})`,
      `l’admin est installé, et il manque ${path} aux context processors de TEMPLATES (${id})`,
    ),
    help: {
      en: `Add '${path}' to OPTIONS["context_processors"].`,
      fr: `Ajoutez '${path}' à OPTIONS["context_processors"].`,
    },
  } as const
}

/** One message for each id, as Django prints it. */
export const messages = {
  'admin.E402': lacksProcessor('admin.E402', 'django.contrib.auth.context_processors.auth'),
  'admin.E403': {
    text: stops(
      'the admin is installed, and TEMPLATES has no engine of the backend django.template.backends.django.DjangoTemplates (admin.E403)',
      'l’admin est installé, et TEMPLATES n’a aucun moteur du backend django.template.backends.django.DjangoTemplates (admin.E403)',
    ),
    help: {
      en: 'Add it, as `django-admin startproject` writes it.',
      fr: 'Ajoutez-le, tel que l’écrit `django-admin startproject`.',
    },
  },
  'admin.E404': lacksProcessor('admin.E404', 'django.contrib.messages.context_processors.messages'),
  'admin.E406': {
    text: stops(
      'the admin is installed, and INSTALLED_APPS lacks django.contrib.messages (admin.E406)',
      'l’admin est installé, et il manque django.contrib.messages à INSTALLED_APPS (admin.E406)',
    ),
    help: {
      en: "Add 'django.contrib.messages' to INSTALLED_APPS.",
      fr: "Ajoutez 'django.contrib.messages' à INSTALLED_APPS.",
    },
  },
  'admin.E408': lacksMiddleware('admin.E408', 'django.contrib.auth.middleware.AuthenticationMiddleware'),
  'admin.E409': {
    ...lacksMiddleware('admin.E409', 'django.contrib.messages.middleware.MessageMiddleware'),
    fix: { safety: 'safe', en: 'Add the middleware', fr: 'Ajouter le middleware' },
  },
  'admin.E410': lacksMiddleware('admin.E410', 'django.contrib.sessions.middleware.SessionMiddleware'),
  'auth.E013': {
    text: stops(
      'LoginRequiredMiddleware has no AuthenticationMiddleware before it in MIDDLEWARE (auth.E013)',
      'LoginRequiredMiddleware n’a pas d’AuthenticationMiddleware avant lui dans MIDDLEWARE (auth.E013)',
    ),
    help: {
      en: "Put 'django.contrib.auth.middleware.AuthenticationMiddleware' before it.",
      fr: "Mettez 'django.contrib.auth.middleware.AuthenticationMiddleware' avant lui.",
    },
  },
  'staticfiles.E001': {
    text: stops(
      'STATICFILES_DIRS is neither a list nor a tuple (staticfiles.E001)',
      'STATICFILES_DIRS n’est ni une liste ni un tuple (staticfiles.E001)',
    ),
    help: { en: 'Make it a list of folders.', fr: 'Faites-en une liste de dossiers.' },
  },
  'staticfiles.E002': {
    text: stops(
      'STATICFILES_DIRS names STATIC_ROOT itself, {value} (staticfiles.E002)',
      'STATICFILES_DIRS nomme STATIC_ROOT même, {value} (staticfiles.E002)',
    ),
    help: {
      en: 'Let STATIC_ROOT be another folder: collectstatic copies from the one into the other.',
      fr: 'Donnez un autre dossier à STATIC_ROOT : collectstatic copie de l’un vers l’autre.',
    },
    fix: { safety: 'safe', en: 'Collect into `staticfiles`', fr: 'Collecter dans `staticfiles`' },
  },
  'staticfiles.E003': {
    text: stops(
      'a prefix in STATICFILES_DIRS ends with a slash (staticfiles.E003)',
      'un préfixe de STATICFILES_DIRS se termine par une barre oblique (staticfiles.E003)',
    ),
    help: { en: 'Remove the slash.', fr: 'Retirez la barre oblique.' },
  },
  'staticfiles.E005': {
    text: stops(
      'STORAGES has no "staticfiles", and replaces Django’s whole default value (staticfiles.E005)',
      'STORAGES n’a pas de « staticfiles » et remplace toute la valeur par défaut de Django (staticfiles.E005)',
    ),
    help: {
      en: 'Add "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}, or the storage of WhiteNoise.',
      fr: 'Ajoutez "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}, ou le stockage de WhiteNoise.',
    },
    fix: { safety: 'safe', en: 'Add the one that Django has', fr: 'Ajouter celui qu’a Django' },
  },
  'templates.E001': {
    text: stops(
      'an engine of TEMPLATES has "APP_DIRS": True and "loaders" (templates.E001; ImproperlyConfigured since Django 5.1)',
      'un moteur de TEMPLATES a "APP_DIRS": True et "loaders" (templates.E001 ; ImproperlyConfigured depuis Django 5.1)',
    ),
    help: { en: 'Remove one of them.', fr: 'Retirez l’un des deux.' },
  },
  'templates.E002': {
    text: stops(
      '"string_if_invalid" of TEMPLATES is not a string (templates.E002)',
      '« string_if_invalid » de TEMPLATES n’est pas une chaîne (templates.E002)',
    ),
    help: { en: 'Make it a string, or remove it.', fr: 'Faites-en une chaîne, ou retirez-le.' },
  },
  'caches.E001': {
    text: stops('CACHES has no "default" (caches.E001)', 'CACHES n’a pas de « default » (caches.E001)'),
    help: { en: 'Name one of the caches "default".', fr: 'Nommez l’un des caches « default ».' },
  },
  'urls.E006': {
    text: stops(
      '{setting} does not end with a slash (urls.E006)',
      '{setting} ne se termine pas par une barre oblique (urls.E006)',
    ),
    help: { en: 'Write `{value}/`.', fr: 'Écrivez `{value}/`.' },
    fix: { safety: 'safe', en: 'Add the slash', fr: 'Ajouter la barre oblique' },
  },
  'files.E001': {
    text: stops(
      'FILE_UPLOAD_TEMP_DIR names {value}, which is not on the dyno (files.E001)',
      'FILE_UPLOAD_TEMP_DIR nomme {value}, qui n’est pas sur le dyno (files.E001)',
    ),
    help: {
      en: 'Leave the setting out: uploads then go to /tmp.',
      fr: 'Retirez ce setting : les fichiers envoyés vont alors dans /tmp.',
    },
  },
  'sites.E101': {
    text: stops('SITE_ID is not an integer (sites.E101)', 'SITE_ID n’est pas un entier (sites.E101)'),
    help: { en: 'Write the number without quotes.', fr: 'Écrivez le nombre sans guillemets.' },
  },
  'security.E026': {
    text: stops('{setting} is not a dictionary (security.E026)', '{setting} n’est pas un dictionnaire (security.E026)'),
    help: {
      en: 'Write a dictionary of directives, such as {"default-src": [CSP.SELF]}.',
      fr: 'Écrivez un dictionnaire de directives, comme {"default-src": [CSP.SELF]}.',
    },
  },
  'translation.E001': {
    text: stops(
      'LANGUAGE_CODE `{value}` is not a language code (translation.E001)',
      'LANGUAGE_CODE `{value}` n’est pas un code de langue (translation.E001)',
    ),
    help: {
      en: 'Write a code such as `fr` or `pt-br`, with a hyphen.',
      fr: 'Écrivez un code comme `fr` ou `pt-br`, avec un trait d’union.',
    },
    fix: { safety: 'safe', en: 'Write the code as Django has it', fr: 'Écrire le code comme Django' },
  },
  'translation.E002': {
    text: stops(
      'a code in LANGUAGES is not a language code (translation.E002)',
      'un code de LANGUAGES n’est pas un code de langue (translation.E002)',
    ),
    help: {
      en: 'Write a code such as `fr` or `pt-br`, with a hyphen.',
      fr: 'Écrivez un code comme `fr` ou `pt-br`, avec un trait d’union.',
    },
  },
  'translation.E003': {
    text: stops(
      '`{value}` in LANGUAGES_BIDI is not a language code (translation.E003)',
      '`{value}` de LANGUAGES_BIDI n’est pas un code de langue (translation.E003)',
    ),
    help: {
      en: 'Write a code such as `he` or `ar-dz`, with a hyphen.',
      fr: 'Écrivez un code comme `he` ou `ar-dz`, avec un trait d’union.',
    },
  },
  'translation.E004': {
    text: stops(
      'no language in LANGUAGES matches LANGUAGE_CODE (translation.E004, or OSError "No translation files found for default language")',
      'aucune langue de LANGUAGES ne convient à LANGUAGE_CODE (translation.E004, ou OSError « No translation files found for default language »)',
    ),
    help: {
      en: 'Add the language to LANGUAGES, or write a code that Django has, such as `en-us` or `fr`.',
      fr: 'Ajoutez la langue à LANGUAGES, ou écrivez un code que Django connaît, comme `en-us` ou `fr`.',
    },
    fix: { safety: 'safe', en: 'Write the code as Django has it', fr: 'Écrire le code comme Django' },
  },
  'corsheaders.E005': {
    text: stops(
      'the setting of django-cors-headers that allows all origins is not a bool (corsheaders.E005)',
      'le setting de django-cors-headers qui admet toutes les origines n’est pas un booléen (corsheaders.E005)',
    ),
    help: {
      en: 'Write True or False; compare a config var with a text: os.environ.get("CORS_ALL") == "True".',
      fr: 'Écrivez True ou False ; comparez une config var à un texte : os.environ.get("CORS_ALL") == "True".',
    },
  },
  'corsheaders.E006': {
    text: stops(
      'the origins of django-cors-headers are not a list of strings (corsheaders.E006)',
      'les origines de django-cors-headers ne sont pas une liste de chaînes (corsheaders.E006)',
    ),
    help: { en: 'Write a list of origins.', fr: 'Écrivez une liste d’origines.' },
  },
  'corsheaders.E013': {
    text: stops(
      'the CORS origin `{value}` has no scheme or no host (corsheaders.E013)',
      'l’origine CORS `{value}` n’a pas de schéma ou pas d’hôte (corsheaders.E013)',
    ),
    help: {
      en: 'Write a list of origins with scheme and host, such as https://www.example.com.',
      fr: 'Écrivez une liste d’origines avec schéma et hôte, comme https://www.example.com.',
    },
  },
  'corsheaders.E014': {
    text: stops(
      'the CORS origin `{value}` has a path, a query or a fragment (corsheaders.E014)',
      'l’origine CORS `{value}` a un chemin, une requête ou un fragment (corsheaders.E014)',
    ),
    help: {
      en: 'Remove what follows the host and its port, including a slash at the end.',
      fr: 'Retirez ce qui suit l’hôte et son port, même une barre oblique à la fin.',
    },
  },
} as const

/** What the admin's checks say of the classes that are registered with it, whichever id it has. */
export const admins = {
  unknown: {
    text: stops(
      '{admin}.{option} names `{name}`, which {model} has not ({id})',
      '{admin}.{option} nomme `{name}`, que {model} n’a pas ({id})',
    ),
    help: {
      en: 'Write the name of a field of {model}, or define it.',
      fr: 'Écrivez le nom d’un champ de {model}, ou définissez-le.',
    },
  },
  'not-displayed': {
    text: stops(
      '{admin}.{option} names `{name}`, which is not in list_display ({id})',
      '{admin}.{option} nomme `{name}`, qui n’est pas dans list_display ({id})',
    ),
    help: { en: 'Add it to list_display, or take it out here.', fr: 'Ajoutez-le à list_display, ou retirez-le ici.' },
  },
} as const
