import { describe, expect, it } from 'vitest'
import { run, show } from '../run.ts'
import { check, databaseUrl, redis } from './cases.ts'

const imports = `from functools import lru_cache
from typing import Annotated, Optional
from pydantic import BaseModel, EmailStr, Field, PostgresDsn, RedisDsn, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
`

/** A class with this body, and names that are bound to expressions. */
function conf(body: string, rest: string, base = 'BaseSettings'): string {
  const indented = body.replace(/^(?=.)/gm, '    ')
  return `${imports}class Conf(${base}):\n${indented}\n${rest}\n`
}

describe('settings of pydantic that read config vars', () => {
  check([
    {
      name: 'a text with unknown parts keeps them',
      source: conf('redis_url: str | None = None', 'X = Conf().redis_url'),
      gives: { X: `'${redis}'` },
    },
    {
      name: 'a URL of an add-on is written with its path',
      source: conf(
        'redis_url: RedisDsn\ndatabase_url: PostgresDsn',
        'X = str(Conf().redis_url)\nY = str(Conf().database_url)',
      ),
      gives: {
        X: `'${redis}/0'`,
        Y: `'${databaseUrl.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('')}'`,
      },
    },
    {
      name: 'a list whose variable is not known is not its default',
      source: conf("hosts: list[str] = ['a']", 'X = Conf().hosts'),
      env: { HOSTS: 'set?' },
      gives: { X: '<HOSTS>' },
    },
    {
      name: 'the field that is not set and has no default',
      source: conf('secret_key: SecretStr', 'X = Conf()'),
      raises: 'ValidationError: 1 validation error for Conf\nsecret_key\n  Field required',
    },
  ])

  it('asks for a variable of unknown state once, and each field rests on its own', () => {
    const source = conf(
      'secret_key: str\ndebug: bool = False\nworkers: int = 2',
      'X = Conf().workers\nY = Conf().debug',
    )
    const evaluation = run(source, { env: { WORKERS: '3' }, others: 'unknown', packages: () => 'installed' })
    expect(evaluation.required.map(({ name }) => name)).toEqual(['SECRET_KEY'])
    expect(show(evaluation, 'X')).toBe('3')
    const conditions = evaluation.get('Y')?.alternatives.flatMap(({ when }) => when.map(({ text }) => text.en))
    expect(conditions?.every((text) => text.includes('DEBUG'))).toBe(true)
  })
})

const open = (
  name: string,
  body: string,
  extra: string = '',
): { name: string; source: string; gives: Record<string, string> } => ({
  name,
  source: `${extra}${conf(body, 'X = Conf().a')}`,
  gives: { X: '<?>' },
})

describe('settings of pydantic that are left open', () => {
  check([
    open(
      'a method that decides what the object holds',
      "a: str = 'x'\ndef __init__(self, **given):\n    super().__init__(**given)",
    ),
    open(
      'sources of its own',
      "a: str = 'x'\n@classmethod\ndef settings_customise_sources(cls, *sources):\n    return sources",
    ),
    open('a validator of the whole', "a: str = 'x'\n@model_validator(mode='after')\ndef check(self):\n    return self"),
    open(
      'a validator of every field',
      "a: str = 'x'\n@field_validator('*')\n@classmethod\ndef check(cls, value):\n    return value",
    ),
    open(
      'a validator of the field',
      "a: str = 'x'\n@field_validator('a')\n@classmethod\ndef check(cls, value):\n    return 'y'",
    ),
    open('a type that is not modelled', "a: EmailStr = 'a@b.example'"),
    open('an annotation that may say more', "a: Annotated[str, Field(alias='B')] = 'x'"),
    open('bytes for a text', "a: str = b'x'"),
    open('bytes for a number', "a: int = b'5'"),
    open('a type in quotes', "a: 'str' = 'x'"),
    open('an option that is not modelled', "model_config = SettingsConfigDict(secrets_dir='/run')\na: str = 'x'"),
    open('fields that a condition declares', "if True:\n    a: str = 'x'"),
    {
      name: 'a class of something else among its bases',
      source: conf("a: str = 'x'", 'X = Conf().a', 'BaseSettings, BaseModel'),
      gives: { X: '<?>' },
    },
    {
      name: 'arguments that nobody knows',
      source: `import somewhere\n${conf("a: str = 'x'", 'X = Conf(**somewhere.given()).a')}`,
      gives: { X: '<?>' },
    },
    {
      name: 'the class of pydantic 1',
      source: "from pydantic import BaseSettings\nclass Conf(BaseSettings):\n    a: str = 'x'\nX = Conf().a",
      gives: { X: '<?>' },
    },
    {
      name: 'a file that names another variable',
      source: conf("model_config = SettingsConfigDict(env_file='.env')\na: str = 'x'", 'X = Conf().a'),
      files: { '.env': 'A=${OTHER}\n' },
      gives: { X: '<?>' },
    },
    {
      name: 'methods of pydantic are there',
      source: conf("a: str = 'x'", 'X = Conf().model_dump()\nY = Conf().a'),
      gives: { Y: "'x'" },
    },
  ])
})
