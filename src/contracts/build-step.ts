/**
 * What the Python buildpack refuses a build for before it installs anything, in the order in which bin/compile looks at it
 * (heroku-buildpack-python, read 2026-08-18; buildpacks-python 6.5 looks at the manager before the version too).
 */
export const buildSteps = ['leftover-python', 'package-manager', 'virtual-environment', 'python-version'] as const

export type BuildStep = (typeof buildSteps)[number]
