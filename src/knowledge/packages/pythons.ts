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

/** First Python without the module `cgi`, which Django before 4.2 imports in django.http (removed by PEP 594). */
export const withoutCgi = 13
