function lacks<const Id extends string, const Path extends string, const En extends string, const Fr extends string>(
  id: Id,
  path: Path,
  en: En,
  fr: Fr,
) {
  return {
    text: { en: `MIDDLEWARE lacks ${path} (${id}): ${en}`, fr: `il manque ${path} à MIDDLEWARE (${id}) : ${fr}` },
    help: { en: `Add '${path}' to MIDDLEWARE.`, fr: `Ajoutez '${path}' à MIDDLEWARE.` },
  } as const
}

const secureSession = {
  en: 'SESSION_COOKIE_SECURE is not True, so the session’s cookie also travels over http, where others can read it',
  fr: 'SESSION_COOKIE_SECURE ne vaut pas True : le cookie de session voyage aussi en http, où d’autres peuvent le lire',
} as const

const scriptedSession = {
  en: 'SESSION_COOKIE_HTTPONLY is not True, so scripts in a page can read the session’s cookie',
  fr: 'SESSION_COOKIE_HTTPONLY ne vaut pas True : les scripts d’une page peuvent lire le cookie de session',
} as const

/** A message of a cookie, with the id that Django prints for it. */
function withId<
  const Id extends string,
  const T extends { readonly en: string; readonly fr: string },
  const H extends string,
>(id: Id, { en, fr }: T, setting: H) {
  return {
    text: { en: `${en as T['en']} (${id})`, fr: `${fr as T['fr']} (${id})` },
    help: { en: `Set ${setting} = True.`, fr: `Définissez ${setting} = True.` },
  } as const
}

const weakKey = {
  en: 'has fewer than 50 characters, fewer than 5 different ones, or starts with django-insecure-',
  fr: 'a moins de 50 caractères, moins de 5 différents, ou commence par django-insecure-',
} as const

/** One message for each id, as Django prints it. */
export const messages = {
  'security.W001': lacks(
    'security.W001',
    'django.middleware.security.SecurityMiddleware',
    'no setting that starts with SECURE_ has an effect',
    'aucun setting dont le nom commence par SECURE_ n’a d’effet',
  ),
  'security.W002': lacks(
    'security.W002',
    'django.middleware.clickjacking.XFrameOptionsMiddleware',
    'other sites can show your pages in a frame and have visitors click in it',
    'd’autres sites peuvent montrer vos pages dans un cadre et y faire cliquer leurs visiteurs',
  ),
  'security.W003': lacks(
    'security.W003',
    'django.middleware.csrf.CsrfViewMiddleware',
    'other sites can post forms in your visitors’ name',
    'd’autres sites peuvent envoyer des formulaires au nom de vos visiteurs',
  ),
  'security.W004': {
    text: {
      en: 'SECURE_HSTS_SECONDS is not set (security.W004): a browser that came over https once may come back over http',
      fr: 'SECURE_HSTS_SECONDS n’est pas défini (security.W004) : un navigateur venu en https peut revenir en http',
    },
    help: {
      en: 'Set it to a small number first, such as 3600, and raise it when every page works over https.',
      fr: 'Donnez-lui d’abord une petite valeur, comme 3600, puis augmentez-la quand toutes les pages marchent en https.',
    },
  },
  'security.W005': {
    text: {
      en: 'SECURE_HSTS_INCLUDE_SUBDOMAINS is not True (security.W005): HSTS leaves out the subdomains',
      fr: 'SECURE_HSTS_INCLUDE_SUBDOMAINS ne vaut pas True (security.W005) : HSTS laisse de côté les sous-domaines',
    },
    help: {
      en: 'Set it to True if every subdomain is served over https alone.',
      fr: 'Mettez-le à True si tous les sous-domaines ne sont servis qu’en https.',
    },
  },
  'security.W006': {
    text: {
      en: 'SECURE_CONTENT_TYPE_NOSNIFF is not True (security.W006): browsers may take an uploaded file for a script',
      fr: 'SECURE_CONTENT_TYPE_NOSNIFF ne vaut pas True (security.W006) : un navigateur peut prendre un fichier envoyé pour un script',
    },
    help: { en: 'Leave it out: True is the default.', fr: 'Retirez-le : True est la valeur par défaut.' },
  },
  'security.W008': {
    text: {
      en: 'SECURE_SSL_REDIRECT is not True (security.W008): pages are also served over http',
      fr: 'SECURE_SSL_REDIRECT ne vaut pas True (security.W008) : les pages sont aussi servies en http',
    },
    help: {
      en: 'Set it to True together with SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), without which every page redirects to itself behind the router.',
      fr: 'Mettez-le à True avec SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), sans quoi toute page redirige vers elle-même derrière le routeur.',
    },
  },
  'security.W009': {
    text: { en: `SECRET_KEY ${weakKey.en} (security.W009)`, fr: `SECRET_KEY ${weakKey.fr} (security.W009)` },
    help: {
      en: 'Let a config var hold a long random key: SECRET_KEY = os.environ["SECRET_KEY"].',
      fr: 'Mettez une longue clé aléatoire dans une config var : SECRET_KEY = os.environ["SECRET_KEY"].',
    },
  },
  'security.W010': withId('security.W010', secureSession, 'SESSION_COOKIE_SECURE'),
  'security.W011': withId('security.W011', secureSession, 'SESSION_COOKIE_SECURE'),
  'security.W012': withId('security.W012', secureSession, 'SESSION_COOKIE_SECURE'),
  'security.W013': withId('security.W013', scriptedSession, 'SESSION_COOKIE_HTTPONLY'),
  'security.W014': withId('security.W014', scriptedSession, 'SESSION_COOKIE_HTTPONLY'),
  'security.W015': withId('security.W015', scriptedSession, 'SESSION_COOKIE_HTTPONLY'),
  'security.W016': {
    text: {
      en: 'CSRF_COOKIE_SECURE is not True (security.W016): the CSRF cookie also travels over http, where others can read it',
      fr: 'CSRF_COOKIE_SECURE ne vaut pas True (security.W016) : le cookie CSRF voyage aussi en http, où d’autres peuvent le lire',
    },
    help: { en: 'Set CSRF_COOKIE_SECURE = True.', fr: 'Définissez CSRF_COOKIE_SECURE = True.' },
  },
  'security.W019': {
    text: {
      en: 'X_FRAME_OPTIONS is `{value}`, not DENY (security.W019): some pages can be shown in a frame',
      fr: 'X_FRAME_OPTIONS vaut `{value}` et non DENY (security.W019) : des pages peuvent être montrées dans un cadre',
    },
    help: {
      en: 'Leave it out unless your site shows its own pages in frames: DENY is the default.',
      fr: 'Retirez-le, sauf si votre site montre ses propres pages dans des cadres : DENY est la valeur par défaut.',
    },
  },
  'security.W021': {
    text: {
      en: 'SECURE_HSTS_PRELOAD is not True (security.W021): the site cannot join the browsers’ preload list',
      fr: 'SECURE_HSTS_PRELOAD ne vaut pas True (security.W021) : le site ne peut pas entrer dans la liste de préchargement des navigateurs',
    },
    help: {
      en: 'Set it to True if you mean to submit the domain; herokuapp.com is not yours to submit.',
      fr: 'Mettez-le à True si vous comptez y inscrire le domaine ; herokuapp.com n’est pas à vous.',
    },
  },
  'security.W022': {
    text: {
      en: 'SECURE_REFERRER_POLICY is None (security.W022): links to other sites may tell them the page’s whole address',
      fr: 'SECURE_REFERRER_POLICY vaut None (security.W022) : les liens vers d’autres sites peuvent leur donner l’adresse entière de la page',
    },
    help: {
      en: 'Leave it out: same-origin is the default.',
      fr: 'Retirez-le : same-origin est la valeur par défaut.',
    },
  },
  'security.E023': {
    text: {
      en: 'SECURE_REFERRER_POLICY holds a policy that browsers do not know (security.E023)',
      fr: 'SECURE_REFERRER_POLICY contient une politique que les navigateurs ne connaissent pas (security.E023)',
    },
    help: {
      en: 'Write one such as same-origin or strict-origin-when-cross-origin.',
      fr: 'Écrivez-en une comme same-origin ou strict-origin-when-cross-origin.',
    },
  },
  'security.E024': {
    text: {
      en: 'SECURE_CROSS_ORIGIN_OPENER_POLICY holds a policy that Django does not know (security.E024)',
      fr: 'SECURE_CROSS_ORIGIN_OPENER_POLICY contient une politique que Django ne connaît pas (security.E024)',
    },
    help: {
      en: 'Write same-origin, same-origin-allow-popups or unsafe-none.',
      fr: 'Écrivez same-origin, same-origin-allow-popups ou unsafe-none.',
    },
  },
  'security.W025': {
    text: {
      en: `a key of SECRET_KEY_FALLBACKS ${weakKey.en} (security.W025)`,
      fr: `une clé de SECRET_KEY_FALLBACKS ${weakKey.fr} (security.W025)`,
    },
    help: {
      en: 'Remove it as soon as no session or link that it signed is needed any more.',
      fr: 'Retirez-la dès que plus aucune session ni aucun lien qu’elle a signé n’est utile.',
    },
  },
  'caches.W002': {
    text: {
      en: 'the folder of a file cache is, contains or lies in MEDIA_ROOT, STATIC_ROOT or a folder of STATICFILES_DIRS (caches.W002): its content may be served to everybody',
      fr: 'le dossier d’un cache en fichiers est MEDIA_ROOT, STATIC_ROOT ou un dossier de STATICFILES_DIRS, le contient ou s’y trouve (caches.W002) : son contenu peut être servi à tout le monde',
    },
    help: {
      en: 'Give the cache a folder of its own, such as /tmp/cache.',
      fr: 'Donnez au cache un dossier à part, comme /tmp/cache.',
    },
  },
  'caches.W003': {
    text: {
      en: 'LOCATION of a file cache is relative (caches.W003): which folder it is depends on where the process starts',
      fr: 'LOCATION d’un cache en fichiers est relatif (caches.W003) : le dossier dépend de l’endroit où le processus démarre',
    },
    help: {
      en: 'Write BASE_DIR / "cache" or an absolute path.',
      fr: 'Écrivez BASE_DIR / "cache" ou un chemin absolu.',
    },
  },
  'async.E001': {
    text: {
      en: 'the config var DJANGO_ALLOW_ASYNC_UNSAFE is set (async.E001): Django no longer stops the database from being used in async code, where connections are shared and data can be lost',
      fr: 'la config var DJANGO_ALLOW_ASYNC_UNSAFE est définie (async.E001) : Django n’empêche plus d’utiliser la base de données en code async, où les connexions sont partagées et des données peuvent se perdre',
    },
    help: {
      en: 'Unset it, and call the database through database_sync_to_async.',
      fr: 'Retirez-la, et appelez la base de données par database_sync_to_async.',
    },
  },
} as const
