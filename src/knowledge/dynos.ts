/** Dyno sizes and stacks of Heroku. Sources: the CLI's own list of sizes, Dev Center "Dyno Types" and "Stacks", read 2026-11. */

/** Sizes that can be asked for today, lower case. */
export const dynoSizes: readonly RegExp[] = [
  /^(?:eco|basic|standard-[12]x|performance-(?:m|l|l-ram|xl|2xl))$/,
  /^(?:private|shield)-[a-z0-9-]+$/,
  /^dyno-\d+c-[\d.]+gb$/,
]

/** Sizes that are gone, with what took their place. */
export const retiredSizes: Readonly<Record<string, string>> = {
  free: 'eco',
  hobby: 'basic',
  '1x': 'standard-1x',
  '2x': 'standard-2x',
  px: 'performance-l',
  production: 'standard-1x',
}

/** Stacks on which nothing is built any more, with the year of their end. */
export const retiredStacks: Readonly<Record<string, string>> = {
  cedar: '2015',
  'cedar-14': '2020',
  'heroku-16': '2021',
  'heroku-18': '2023',
  'heroku-20': '2025',
}

/** Buildpacks that were retired, by what their URL holds. */
export const retiredBuildpacks: readonly { readonly url: RegExp; readonly since: string }[] = [
  { url: /heroku-buildpack-redis(?:\.git|$|[/#])|^heroku\/redis$/, since: '2025-02-07' },
]

/**
 * WEB_CONCURRENCY where nobody sets it: min(2 × cores + 1, memory / 256 MB), by dyno size. Source: WEB_CONCURRENCY.sh of
 * heroku-buildpack-python v351, read 2026-11.
 */
export const defaultConcurrency: Readonly<Record<string, number>> = {
  eco: 2,
  basic: 2,
  'standard-1x': 2,
  'standard-2x': 4,
  'performance-m': 5,
  'performance-l': 17,
  'performance-l-ram': 9,
  'performance-xl': 17,
  'performance-2xl': 33,
}
