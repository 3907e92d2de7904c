import type { Combination } from './combinations.ts'

const pyyaml = {
  package: 'pyyaml',
  loadedBy: { install: true },
  error: "AttributeError: 'build_ext' object has no attribute 'cython_sources'",
  why: {
    en: 'it has no wheel for this Python, and its setup.py asks for what Cython 3 no longer has',
    fr: 'il n’a pas de wheel pour ce Python, et son setup.py demande ce que Cython 3 n’a plus',
  },
  source: 'https://github.com/yaml/pyyaml/issues/601',
} as const

const numpy = {
  package: 'numpy',
  loadedBy: { install: true },
  error: "ModuleNotFoundError: No module named 'distutils'",
  why: {
    en: 'it has no wheel for this Python, and its setup.py needs distutils, which Python 3.12 removed',
    fr: 'il n’a pas de wheel pour ce Python, et son setup.py a besoin de distutils, que Python 3.12 a supprimé',
  },
  source: 'https://numpy.org/doc/stable/release/1.26.0-notes.html',
} as const

const pandas = {
  package: 'pandas',
  loadedBy: { install: true },
  error: "ModuleNotFoundError: No module named 'pkg_resources'",
  why: {
    en: 'it has no wheel for this Python, and its setup.py asks for pkg_resources, which the newest setuptools no longer has',
    fr: 'il n’a pas de wheel pour ce Python, et son setup.py demande pkg_resources, que la dernière version de setuptools n’a plus',
  },
  source: 'https://setuptools.pypa.io/en/stable/history.html',
} as const

/**
 * Releases whose source no longer builds: the build stops at them where no wheel fits its Python. Seen with `pip wheel` on Python 3.11 to
 * 3.13 (pyyaml 5.4.1, 6.0; numpy 1.19.4, 1.25.2; pandas 1.5.3, 2.0.0, 2.0.3; greenlet 1.1.0, 2.0.2, 3.0.3); the good ones are the first with a
 * wheel for Python 3.12, or 3.14.
 */
export const builtInVain: readonly Combination[] = [
  {
    package: 'twisted',
    affected: '<=20.3.0',
    since: 12,
    good: '21.7.0',
    loadedBy: { install: true },
    error: 'ERROR: Failed building wheel for Twisted',
    why: {
      en: 'it has no wheel, and its C code uses what Python 3.12 removed',
      fr: 'il n’a pas de wheel, et son code C utilise ce que Python 3.12 a supprimé',
    },
    source: 'https://docs.python.org/3/whatsnew/3.12.html#removed',
  },
  {
    package: 'django-allauth',
    affected: '>=0.40,<=0.47.0',
    since: 10,
    good: '0.54.0',
    loadedBy: { install: true },
    error: "ImportError: cannot import name 'convert_path' from 'setuptools'",
    why: {
      en: 'it has no wheel, and its setup.py asks for a name that the newest setuptools no longer has',
      fr: 'il n’a pas de wheel, et son setup.py demande un nom que la dernière version de setuptools n’a plus',
    },
    source: 'https://setuptools.pypa.io/en/stable/history.html',
  },
  { ...pyyaml, affected: '>=5.4,<6.0', since: 10, good: '6.0.3' },
  { ...pyyaml, affected: '==6.0', since: 12, good: '6.0.3' },
  { ...numpy, affected: '>=1.19,<1.26', since: 13, good: '2.3.2' },
  { ...numpy, affected: '>=1.19,<1.26', since: 12, good: '1.26.4' },
  { ...pandas, affected: '>=1.5.3,<2.1', since: 13, good: '2.3.3' },
  { ...pandas, affected: '==2.0.3', since: 12, good: '2.1.4' },
  {
    package: 'greenlet',
    affected: '>=1.1.0,<3.1',
    since: 13,
    good: '3.2.3',
    loadedBy: { install: true },
    error: '‘_PyCFrame’ does not name a type',
    why: {
      en: 'it has no wheel for this Python, and its C++ code uses what Python 3.13 removed',
      fr: 'il n’a pas de wheel pour ce Python, et son code C++ utilise ce que Python 3.13 a supprimé',
    },
    source: 'https://greenlet.readthedocs.io/en/latest/changes.html',
  },
  {
    package: 'gevent',
    affected: '==22.10.2',
    since: 12,
    good: '23.9.1',
    loadedBy: { install: true },
    error: 'Error compiling Cython file',
    why: {
      en: 'it has no wheel for this Python, and the newest Cython does not translate its source',
      fr: 'il n’a pas de wheel pour ce Python, et la dernière version de Cython ne traduit pas son code',
    },
    source: 'https://www.gevent.org/changelog.html',
  },
]
