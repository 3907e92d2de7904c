import type { Text } from '../../contracts/text.ts'

/** A package or Django app that needs a system library or program that the stacks heroku-22, -24 and -26 lack. */
export interface SystemNeed {
  /** Distribution, normalised; or, with `app`, a dotted path in INSTALLED_APPS. */
  readonly package: string | undefined
  readonly app: string | undefined
  /** What is missing, as Debian names it. */
  readonly library: string
  /** pip cannot compile it: the build fails. */
  readonly compiled?: true
  readonly effect: Text
  readonly remedy: Text
}

const apt = (...packages: readonly string[]): Text => ({
  en: `Add the apt buildpack and an Aptfile with ${packages.join(', ')}.`,
  fr: `Ajoutez le buildpack apt et un Aptfile avec ${packages.join(', ')}.`,
})

const geo: Text = {
  en: 'Add heroku-geo-buildpack before the Python one, and set GDAL_LIBRARY_PATH and GEOS_LIBRARY_PATH from the environment.',
  fr: 'Ajoutez heroku-geo-buildpack avant celui de Python, et prenez GDAL_LIBRARY_PATH et GEOS_LIBRARY_PATH dans l’environnement.',
}

const gis: Text = {
  en: 'django.contrib.gis raises ImproperlyConfigured "Could not find the GDAL library" when it is loaded',
  fr: 'django.contrib.gis lève ImproperlyConfigured « Could not find the GDAL library » à son chargement',
}

/**
 * Source: `installed-packages-amd64.txt` of each stack in github.com/heroku/base-images (2026-07). libpango, libcairo,
 * libpq, libmysqlclient, libldap and poppler are there, so weasyprint, psycopg2, mysqlclient and pdf2image need nothing.
 */
export const systemNeeds: readonly SystemNeed[] = [
  { package: undefined, app: 'django.contrib.gis', library: 'GDAL', effect: gis, remedy: geo },
  {
    package: 'gdal',
    app: undefined,
    library: 'GDAL',
    compiled: true,
    effect: {
      en: 'pip cannot build it: "gdal-config: not found"',
      fr: 'pip ne peut pas le compiler : « gdal-config: not found »',
    },
    remedy: geo,
  },
  ...['opencv-python', 'opencv-contrib-python'].map((name) => ({
    package: name,
    app: undefined,
    library: 'libgl1',
    effect: {
      en: '`import cv2` raises "ImportError: libGL.so.1: cannot open shared object file"',
      fr: '`import cv2` lève « ImportError: libGL.so.1: cannot open shared object file »',
    },
    remedy: {
      en: `Use ${name}-headless, which needs no display.`,
      fr: `Utilisez ${name}-headless, qui n’a pas besoin d’écran.`,
    },
  })),
  {
    package: 'pyaudio',
    app: undefined,
    library: 'portaudio19-dev',
    compiled: true,
    effect: {
      en: 'pip cannot build it: "portaudio.h: No such file or directory"',
      fr: 'pip ne peut pas le compiler : « portaudio.h: No such file or directory »',
    },
    remedy: apt('portaudio19-dev'),
  },
  {
    package: 'pytesseract',
    app: undefined,
    library: 'tesseract-ocr',
    effect: {
      en: 'its first use raises TesseractNotFoundError',
      fr: 'sa première utilisation lève TesseractNotFoundError',
    },
    remedy: apt('tesseract-ocr', 'tesseract-ocr-eng'),
  },
  {
    package: 'pyzbar',
    app: undefined,
    library: 'libzbar0',
    effect: {
      en: '`import pyzbar` raises "Unable to find zbar shared library"',
      fr: '`import pyzbar` lève « Unable to find zbar shared library »',
    },
    remedy: apt('libzbar0'),
  },
]
