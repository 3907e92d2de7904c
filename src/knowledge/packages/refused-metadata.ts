/** Releases whose wheels hold a line of requirements that no standard admits: pip from 24.1 on ignores them, and the buildpack brings such a pip. */
export interface RefusedMetadata {
  readonly package: string
  /** PEP 440 range: each release in it that has a wheel, and no other one. */
  readonly affected: string
  /** The line in `Requires-Dist`. */
  readonly line: string
  /** The first release without it. */
  readonly good: string
  readonly source: string
}

/** Read in the METADATA of every wheel of celery from 3.1 to 5.2.7 on 2026-11-30. */
export const refusedMetadata: readonly RefusedMetadata[] = [
  {
    package: 'celery',
    affected: '>=3.1.9,<=5.2.0',
    line: 'pytz (>dev)',
    good: '5.2.1',
    source: 'https://github.com/pypa/pip/issues/12793',
  },
]
