import type { Text } from '../../contracts/text.ts'

export interface Obsolete {
  readonly package: string
  /** PEP 440 range; empty: all. */
  readonly range: string
  /** Read after "{name} …". */
  readonly why: Text
  /** What has to be imported for it to do anything; undefined: settings name it, or other packages do. */
  readonly module?: string
  /** What to use: a distribution, or a sentence. */
  readonly instead: Text
  readonly source: string
  /** Day on which the source was last held against this entry. */
  readonly checked: string
}

/** Packages of this stack that were replaced or are dead. */
export const obsolete: readonly Obsolete[] = [
  {
    package: 'asgi-redis',
    range: '',
    why: {
      en: 'is the channel layer of Channels 1; Channels 2 and later cannot load it',
      fr: 'est le channel layer de Channels 1 ; Channels 2 et suivants ne peuvent pas le charger',
    },
    instead: { en: 'channels-redis', fr: 'channels-redis' },
    source: 'https://channels.readthedocs.io/en/stable/releases/2.0.0.html',
    checked: '2026-11-22',
  },
  ...['asgi-rabbitmq', 'asgi-ipc'].map((name) => ({
    package: name,
    range: '',
    why: {
      en: 'is a channel layer of Channels 1; Channels 2 and later cannot load it',
      fr: 'est un channel layer de Channels 1 ; Channels 2 et suivants ne peuvent pas le charger',
    },
    instead: { en: 'channels-redis', fr: 'channels-redis' },
    source: 'https://channels.readthedocs.io/en/stable/releases/2.0.0.html',
    checked: '2026-11-22',
  })),
  {
    package: 'channels',
    range: '<2',
    why: {
      en: 'before 2.0 is another framework (routing of channel names, Python 2), without support since 2018',
      fr: 'avant 2.0 est un autre framework (routage par noms de canaux, Python 2), sans support depuis 2018',
    },
    instead: { en: 'channels 4', fr: 'channels 4' },
    source: 'https://channels.readthedocs.io/en/stable/one-to-two.html',
    checked: '2026-11-22',
  },
  {
    package: 'django-channels',
    range: '',
    why: {
      en: 'is not the package of Django Channels, which is called channels',
      fr: 'n’est pas le paquet de Django Channels, qui s’appelle channels',
    },
    instead: { en: 'channels', fr: 'channels' },
    source: 'https://channels.readthedocs.io/en/stable/installation.html',
    checked: '2026-11-22',
  },
  {
    package: 'aioredis',
    range: '',
    why: {
      en: 'was merged into redis-py (redis.asyncio) and has been retired since 2022',
      fr: 'a été intégré à redis-py (redis.asyncio) et n’est plus maintenu depuis 2022',
    },
    instead: { en: 'redis (with channels-redis 4)', fr: 'redis (avec channels-redis 4)' },
    source: 'https://github.com/aio-libs-abandoned/aioredis-py',
    checked: '2026-11-22',
  },
  {
    package: 'django-heroku',
    range: '',
    why: {
      en: 'has been dead since 2018',
      fr: 'est mort depuis 2018',
    },
    module: 'django_heroku',
    instead: {
      en: 'dj-database-url and whitenoise, set up by hand',
      fr: 'dj-database-url et whitenoise, configurés à la main',
    },
    source: 'https://github.com/heroku/django-heroku',
    checked: '2026-11-22',
  },
]
