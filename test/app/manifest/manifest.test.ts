import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addAddon } from '../../../rules/app/redis-addon/addition.ts'
import { readManifest } from '../../../src/app/manifest/manifest.ts'
import { defaultConfig } from '../../../src/config/config.ts'
import { applyEdits } from '../../../src/engine/edits.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { appOf, textAt } from '../../support/app.ts'

const appJson = `{
  "addons": ["heroku-redis:mini", { "plan": "heroku-postgresql:essential-0", "as": "DB" }],
  "env": { "A": "1", "B": { "value": "2" }, "C": { "required": false }, "D": { "generator": "secret" } },
  "formation": { "web": { "quantity": 2, "size": "basic" } },
  "buildpacks": [{ "url": "heroku/python" }],
  "stack": "heroku-24",
  "scripts": { "postdeploy": "python manage.py migrate" }
}`

describe('app.json', () => {
  const app = appOf({ 'app.json': appJson })
  const manifest = app.manifest

  it('gives add-ons with their places', () => {
    expect(manifest.addons?.map(({ service, plan, as }) => [service, plan, as])).toEqual([
      ['heroku-redis', 'mini', undefined],
      ['heroku-postgresql', 'essential-0', 'DB'],
    ])
    const [redis] = manifest.addons ?? []
    expect(redis?.at && textAt(app, redis.at)).toBe('heroku-redis:mini')
    expect(redis?.planAt && textAt(app, redis.planAt)).toBe('mini')
  })

  it('gives env, formation, buildpacks, stack and scripts', () => {
    expect(
      manifest.appJson?.env.map(({ name, value, required, generated }) => [name, value, required, generated]),
    ).toEqual([
      ['A', '1', true, false],
      ['B', '2', true, false],
      ['C', undefined, false, false],
      ['D', undefined, true, true],
    ])
    expect(manifest.appJson?.formation[0]).toMatchObject({
      type: 'web',
      quantity: { value: 2 },
      size: { text: 'basic' },
    })
    expect(manifest.appJson?.buildpacks[0]?.text).toBe('heroku/python')
    expect(manifest.appJson?.stack?.text).toBe('heroku-24')
    expect(manifest.appJson?.scripts).toMatchObject([
      { name: 'postdeploy', command: { text: 'python manage.py migrate' } },
    ])
    expect(manifest.problems).toEqual([])
  })

  it('does not take add-ons of test and review apps for those of the app', () => {
    const { addons } = appOf({ 'app.json': '{"environments": {"review": {"addons": ["heroku-redis"]}}}' }).manifest
    expect(addons).toBeUndefined()
  })

  it('is checked', () => {
    const problems = (text: string) => appOf({ 'app.json': text }).manifest.problems.map(({ kind }) => kind)
    expect(problems('{"addons": [],}')).toEqual(['syntax'])
    expect(problems('{"addons": [1, {"as": "x"}]}')).toEqual(['schema', 'schema'])
    expect(problems('{"env": [], "formation": {"web": {"quantity": 0.5}}, "stack": "docker"}')).toEqual([
      'schema',
      'schema',
      'schema',
    ])
    expect(problems('[]')).toEqual(['schema'])
    expect(problems('')).toEqual(['syntax'])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.json()),
        (text) =>
          void readManifest({
            tree: memoryTree({ 'app.json': text, 'heroku.yml': text, 'project.toml': text }),
            config: defaultConfig,
          }),
      ),
    )
  })
})

describe('heroku.yml', () => {
  const text =
    'setup:\n  addons:\n    - plan: heroku-redis:premium-0\n      as: CACHE\n  config:\n    MODE: live\nbuild:\n  docker:\n    web: docker/Dockerfile\nrelease:\n  command:\n    - python manage.py migrate\n  image: web\nrun:\n  web: daphne -p $PORT x\n  worker:\n    command:\n      - celery\n      - worker\n    image: web\n'
  const app = appOf({ 'heroku.yml': text, 'docker/Dockerfile': 'FROM a' })
  const { herokuYml, platform, problems } = app.manifest

  it('gives everything with its places', () => {
    expect(platform).toBe('heroku-container')
    expect(problems).toEqual([])
    expect(herokuYml?.addons?.[0]).toMatchObject({ service: 'heroku-redis', plan: 'premium-0', as: 'CACHE' })
    expect(herokuYml?.env).toMatchObject([{ name: 'MODE', value: 'live' }])
    expect(herokuYml?.build).toMatchObject([{ type: 'web', dockerfile: { text: 'docker/Dockerfile' } }])
    const [web, worker] = herokuYml?.run ?? []
    expect(web?.command.form === 'shell' && textAt(app, web.command.at)).toBe('daphne -p $PORT x')
    expect(worker?.command.form === 'exec' && worker.command.words.map((word) => word.text)).toEqual([
      'celery',
      'worker',
    ])
    expect(herokuYml?.release?.command).toMatchObject({ form: 'shell', text: 'python manage.py migrate' })
  })

  it('is checked', () => {
    const kinds = (yml: string) => appOf({ 'heroku.yml': yml }).manifest.problems.map(({ kind }) => kind)
    expect(kinds('build:\n  docker:\n    web: Dockerfile\n')).toEqual(['missing-file'])
    expect(kinds('runs:\n  web: x\n')).toEqual(['schema'])
    expect(kinds('run: daphne\n')).toEqual(['schema'])
    expect(kinds('run:\n  web:\n    - a: "b\n')).toContain('syntax')
  })

  it('may have anchors, aliases and merge keys', () => {
    const yml =
      'build:\n  docker: &images\n    web: Dockerfile\nrelease: &job\n  image: web\n  command: &migrate\n    - python manage.py migrate\nrun:\n  web: daphne x\n  once:\n    <<: *job\n  twice:\n    image: web\n    command: *migrate\n'
    const { manifest } = appOf({ 'heroku.yml': yml, Dockerfile: 'FROM a' })
    expect(manifest.problems).toEqual([])
    expect(
      manifest.herokuYml?.run?.map(({ type, command }) => [type, command.form === 'shell' && command.text]),
    ).toEqual([
      ['web', 'daphne x'],
      ['once', 'python manage.py migrate'],
      ['twice', 'python manage.py migrate'],
    ])
  })

  it('takes every scalar as a text', () => {
    const { herokuYml } = appOf({
      'heroku.yml': 'setup:\n  config:\n    A: 8000\n    B: true\n    C: ~\n    D:\n',
    }).manifest
    expect(herokuYml?.env.map(({ name, value }) => [name, value])).toEqual([
      ['A', '8000'],
      ['B', 'true'],
      ['C', '~'],
      ['D', ''],
    ])
  })
})

describe('project.toml and other platforms', () => {
  it('are read', () => {
    const { projectToml, namesHeroku, otherPlatforms } = appOf({
      'project.toml':
        '[_]\nschema-version = "0.2"\n[io.buildpacks]\nbuilder = "heroku/builder:24"\n[[io.buildpacks.build.env]]\nname = "A"\nvalue = "1"\n',
      'render.yaml': 'services: []\n',
    }).manifest
    expect(projectToml?.builder?.text).toBe('heroku/builder:24')
    expect(projectToml?.env).toMatchObject([{ name: 'A', value: '1' }])
    expect(namesHeroku).toBe(true)
    expect(otherPlatforms).toMatchObject([{ platform: 'Render', file: 'render.yaml' }])
  })
})

describe('addAddon', () => {
  const edited = (file: string, text: string) => {
    const app = appOf({ [file]: text })
    const at = app.manifest.appJson?.addonsAt ?? app.manifest.herokuYml?.addonsAt
    const edit = at && addAddon(app, at, 'heroku-redis')
    return edit && applyEdits(text, [edit]).text
  }

  it('keeps the style of the list', () => {
    expect(edited('app.json', '{"addons": []}')).toBe('{"addons": ["heroku-redis"]}')
    expect(edited('app.json', '{"addons": ["a"]}')).toBe('{"addons": ["heroku-redis", "a"]}')
    expect(edited('app.json', '{\n  "addons": [\n    "a"\n  ]\n}')).toBe(
      '{\n  "addons": [\n    "heroku-redis",\n    "a"\n  ]\n}',
    )
    expect(edited('heroku.yml', 'setup:\n  addons:\n    - plan: a\n')).toBe(
      'setup:\n  addons:\n    - plan: heroku-redis\n    - plan: a\n',
    )
  })
})
