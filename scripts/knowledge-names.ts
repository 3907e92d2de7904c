/**
 * Rewrites src/knowledge/packages/names.generated.ts: the public names that releases of common packages no longer have. A
 * wheel of each release is fetched into .cache/names and its modules are read as syntax (knowledge-names.py).
 * Needs Python >= 3.12 (PYTHON, default python3) with a pip before 24.1, which refuses the metadata of Celery 4. Not part of the tests.
 *
 * usage: npm run knowledge:names
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const releases: Readonly<Record<string, string>> = {
  django: '1.11 2.0 2.1 2.2 3.0 3.1 3.2 4.0 4.1 4.2 5.0 5.1 5.2 6.0 6.1',
  'channels-redis': '2.4.2 3.4.1 4.0.0 4.1.0 4.2.1 4.3.0',
  djangorestframework: '3.8.2 3.9.4 3.10.3 3.11.2 3.12.4 3.13.1 3.14.0 3.15.2 3.16.1 3.17.2 3.18.3',
  celery: '4.4.7 5.0.5 5.1.2 5.2.7 5.3.6 5.4.0 5.5.3 5.6.3 5.7.0',
  redis:
    '2.10.6 3.5.3 4.0.2 4.1.4 4.2.2 4.3.6 4.4.4 4.5.5 4.6.0 5.0.8 5.1.1 5.2.1 5.3.1 6.0.0 6.4.0 7.0.1 7.4.1 8.0.1 8.1.0',
}

type Removed = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>>>

const here = import.meta.dirname
const output = execFileSync(
  process.env.PYTHON ?? 'python3',
  [
    join(here, 'knowledge-names.py'),
    join(here, '../.cache/names'),
    ...Object.entries(releases).map(([name, versions]) => `${name}=${versions.replaceAll(' ', ',')}`),
  ],
  { encoding: 'utf8', maxBuffer: 1 << 28 },
)
const removed = JSON.parse(output) as Removed
/** Inner modules of the packages, which no project imports from. */
const inner = new RegExp(
  [
    '^django\\.bin\\b',
    '^django\\.conf\\.(global_settings|locale)\\b',
    '^django\\.contrib\\.(admindocs|gis)\\b',
    '^django\\.core\\.(cache\\.backends|management)\\b',
    '^django\\.db\\.(backends|migrations|models\\.sql)\\b',
    '^celery\\.(app|apps|backends|bin|concurrency|events|fixups|loaders|platforms|security|worker)\\b',
    '^celery\\.utils\\.(?!log$)',
  ].join('|'),
)

const lines = Object.entries(removed).flatMap(([distribution, byRelease]) =>
  Object.entries(byRelease).map(([release, modules]) => {
    const listed = Object.entries(modules)
      .filter(([module]) => !inner.test(module))
      .map(([module, names]) => [module, ...names.filter((name) => !name.startsWith('RemovedIn'))].join(' '))
      .filter((line) => line.includes(' '))
    return `${distribution} ${release}\n${listed.join('\n')}\n`
  }),
)
const file = join(here, '../src/knowledge/packages/names.generated.ts')
writeFileSync(
  file,
  `// Written by scripts/knowledge-names.ts from the wheels of the releases it lists; * is the module itself.\n\nexport const removedNames = \`\n${lines.join('\n')}\`\n`,
)
