/**
 * Newest Python that a Django series declares (its release notes, "Python compatibility", and the classifiers of its last
 * patch release), as minor versions of Python 3.
 */
export const newestPython: Readonly<Record<string, number>> = {
  '1.11': 7,
  '2.0': 7,
  '2.1': 7,
  '2.2': 9,
  '3.0': 9,
  '3.1': 9,
  '3.2': 10,
  '4.0': 10,
  '4.1': 11,
  '4.2': 12,
  '5.0': 12,
  '5.1': 13,
  '5.2': 14,
  '6.0': 14,
  '6.1': 14,
}

/** First Python on which Django before 4.2 cannot be imported, see {@link lostModules}. */
export const withoutCgi = 13

/**
 * What a Django release below a bound imports first and does not find on Python 3.13 and later, as the message names it, and
 * the Python since which it is gone. Tried with Python 3.13.0 and the last release of each series: 1.11 at `import django.http` (its
 * copy of six has an import hook without `find_spec`), 2.0 to 3.1 at `import django` (django/utils/version.py), 3.2 to 4.1 at
 * `import django.http`.
 */
export const lostModules = [
  { below: '2.0', module: 'django.utils.six.moves', since: '3.12' },
  { below: '3.2', module: 'distutils', since: '3.12' },
  { below: '4.2', module: 'cgi', since: '3.13' },
] as const
