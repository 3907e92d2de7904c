import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { check, type Hop, type JsonFinding, type JsonReport, rules, version } from '../../src/library/library.ts'
import { today } from '../support/app.ts'
import { dynolint } from '../support/cli.ts'
import { filesBelow, repository } from '../support/trees.ts'

const guide = filesBelow('fixtures/guide')
const schema = JSON.parse(readFileSync(join(repository, 'schemas/report-v1.schema.json'), 'utf8'))

describe('check', () => {
  it('says of files in memory what the command line says of those of a folder', async () => {
    // Without git, as there is none in memory.
    const folder = mkdtempSync(join(tmpdir(), 'dynolint-library-'))
    cpSync(join(repository, 'fixtures/guide'), folder, { recursive: true })
    const { out } = await dynolint(['check', '--format', 'json', '.'], { cwd: folder })
    rmSync(folder, { recursive: true })
    expect(await check(guide, { today })).toEqual(JSON.parse(out))
  })

  it('returns what the schema of the report says', async () => {
    const validate = new Ajv({ strict: false, formats: { uri: true } }).compile(schema)
    for (const files of [guide, {}, { Procfile: 'web: daphne mysite.asgi:application\n' }]) {
      expect(validate(JSON.parse(JSON.stringify(await check(files, { today }))))).toBe(true)
    }
  })

  it('takes bytes and texts, speaks French, knows config vars, leaves rules out', async () => {
    const text = { ...guide, Procfile: 'web: cd backend && daphne backend.asgi:application\n' }
    const plain = await check(text, { today })
    const ids = (report: JsonReport) => report.findings.map(({ rule }) => rule)
    expect(ids(plain)).toContain('procfile/bind-host')
    expect(ids(await check(text, { today, without: ['procfile/bind-host'] }))).not.toContain('procfile/bind-host')
    const french = await check(text, { today, language: 'fr' })
    expect(french.findings[0]?.docs).toMatch(/\/fr\/rules\/procfile\/bind-host$/)
    expect(ids(await check(guide, { today, env: { REDIS_URL: false } }))).not.toEqual(
      ids(await check(guide, { today })),
    )
  })

  it('keeps to the configuration among the files: rules, globs, a snapshot', async () => {
    const config = (text: string) => ({ ...guide, 'dynolint.toml': text })
    const off = await check(config('[rules]\n"settings/redis-tls" = "off"\n'), { today })
    expect(off.findings.map(({ rule }) => rule)).not.toContain('settings/redis-tls')
    const without = await check(config('exclude = ["frontend/"]\n'), { today })
    const named = JSON.stringify(without)
    expect(named).not.toContain('frontend/src')
    const absent = await check(config('snapshot = "facts.json"\n'), { today })
    expect(absent.findings.map(({ rule, message }) => [rule, message])).toContainEqual([
      'engine/config',
      expect.stringContaining('facts.json: no such file'),
    ])
  })

  it('shows no secret', async () => {
    const settings = `${String(guide['backend/backend/settings.py'])}\nREDIS_URL = 'redis://:hunter2secret9@redis.example.com:6379'\n`
    expect(JSON.stringify(await check({ ...guide, 'backend/backend/settings.py': settings }, { today }))).not.toContain(
      'hunter2secret9',
    )
  })

  it('refuses names that leave the root, and files that no deploy needs', async () => {
    await expect(check({ '../etc/passwd': '' })).rejects.toThrow(RangeError)
    await expect(check({ big: new Uint8Array(13 * 1024 * 1024) })).rejects.toThrow('big is larger')
  })

  it('has types that say what it returns', () => {
    expectTypeOf(check).parameter(0).toEqualTypeOf<Readonly<Record<string, string | Uint8Array>>>()
    expectTypeOf(check).returns.resolves.toEqualTypeOf<JsonReport>()
    expectTypeOf<JsonFinding['hop']>().toEqualTypeOf<Hop>()
    expectTypeOf<JsonReport['findings'][number]['fixes'][number]['safety']>().toEqualTypeOf<'safe' | 'unsafe'>()
    // @ts-expect-error: a language that nobody wrote
    void (() => check({}, { language: 'de' }))
  })
})

describe('rules and version', () => {
  it('are those of the tool', () => {
    const ids = rules().map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(rules('fr')[0]).toMatchObject({ docs: expect.stringMatching(/\/fr\/rules\/app\/buildpack$/) })
    expect(version).toBe(JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')).version)
  })
})
