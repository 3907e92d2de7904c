import { isDeepStrictEqual } from 'node:util'
import { parseDockerfile, stagesOf } from '../../src/syntax/dockerfile/dockerfile.ts'
import { parseDotenv } from '../../src/syntax/dotenv/dotenv.ts'
import { readPage } from '../../src/syntax/html/scripts.ts'
import { maskTemplates } from '../../src/syntax/html/templates.ts'
import { parseScript } from '../../src/syntax/javascript/parse.ts'
import { parseJson } from '../../src/syntax/json/json.ts'
import { erbTags } from '../../src/syntax/nginx/erb.ts'
import { parseNginx } from '../../src/syntax/nginx/nginx.ts'
import { parseProcfile } from '../../src/syntax/procfile/procfile.ts'
import { decodePython } from '../../src/syntax/python/encoding.ts'
import { parsePython } from '../../src/syntax/python/parse.ts'
import { isTame, longestText } from '../../src/syntax/regex/backtracking.ts'
import { parseRegex } from '../../src/syntax/regex/parse.ts'
import { isProblem } from '../../src/syntax/regex/regex.ts'
import { toJavaScript } from '../../src/syntax/regex/to-javascript.ts'
import { parseRequirementsFile } from '../../src/syntax/requirements/file.ts'
import { parseShell } from '../../src/syntax/shell/shell.ts'
import { parseToml } from '../../src/syntax/toml/toml.ts'
import { parseYaml } from '../../src/syntax/yaml/yaml.ts'
import { mutated } from './mutations.ts'
import type { Random } from './random.ts'
import { type Files, textsOf } from './samples.ts'
import { wrongSpan } from './spans.ts'
import { type Target, target } from './target.ts'

interface Reader {
  /** Names of the files it is for. */
  readonly names: RegExp
  /** More to start from than the projects have. */
  readonly more?: readonly string[]
  /** All that is made of a text. */
  readonly read: (text: string) => unknown
  /** It gives records of its own with other places than ranges of the text. */
  readonly withoutSpans?: true
}

const python = (text: string) => ({
  module: parsePython(text),
  decoded: decodePython(Buffer.from(text, 'utf8')).problems,
})

const patterns = [
  '^ws/(?P<room>\\w+)/$', '^ws/chat/(?:a|b)*/[^/]+/?$', '(?i)ws/(\\d{1,4})(?(1)a|b)', '^(?<!a)b(?=c)\\Z', '[\\w.-]++@', '(?x) a # b\n c',
] // biome-ignore format: a list

const readers: Readonly<Record<string, Reader>> = {
  python: { names: /\.py$/, read: python },
  javascript: {
    names: /\.(?:[cm]?js|[cm]?ts)$/,
    more: ['export default class A extends B { static #x = 1; async *y() { for await (const z of w) yield* z } }'],
    read: (text) => [parseScript(text), parseScript(text, { types: true })],
  },
  jsx: {
    names: /\.(?:jsx|tsx)$/,
    more: [
      'const a = <A b={c} {...d}>{e ? <></> : `f${g}`} h</A>',
      'import type { A } from "b"; let x = <T,>(y: T) => y as any',
    ],
    read: (text) => parseScript(text, { jsx: true, types: true }),
  },
  shell: {
    names: /\.sh$|Procfile|Makefile/,
    more: [
      '#!/bin/bash\nset -euo pipefail\nfor x in a "b$c"; do case $x in a*) exec y ;; esac; done <<EOF\n$(z)\nEOF\n',
      'if [[ $a =~ ^b ]]; then c=${d:-e} f | g & else h() { local i; }; fi; echo $((1 + ${#j[@]}))',
    ],
    read: parseShell,
  },
  toml: {
    names: /\.toml$/,
    more: ['[[a.b]]\nc = { d = [1, 2.5, "x"], e = 2020-01-01T00:00:00Z }\nf = """\nx"""\n'],
    read: parseToml,
  },
  yaml: {
    names: /\.ya?ml$/,
    more: [
      'a: &x\n  - b: |\n      c\n    d: {e: [1, null]}\nf:\n  <<: *x\n',
      '%YAML 1.2\n---\na: !!str 1\n...\n---\nb: >-\n  c\n',
    ],
    read: (text) => [parseYaml(text), parseYaml(text, true)],
  },
  json: {
    names: /\.json$/,
    more: ['{"stack": "heroku-24", "env": {"A": {"value": "b\\u00e9", "required": false}}}'],
    read: parseJson,
  },
  procfile: { names: /Procfile/, read: parseProcfile },
  requirements: {
    names: /requirements.*\.txt$/,
    more: [
      '-r base.txt\n-e git+https://x/y.git@z#egg=w[v]\na[b,c]>=1.0,!=1.*;python_version<"3.9" and extra=="d" --hash=sha256:00\n',
      'a @ https://x/y-1.0-py3-none-any.whl ; os_name == "posix" or (sys_platform != "win32")\n${B}==1 \\\n  # c\n--index-url=https://x\n',
    ],
    read: (text) =>
      parseRequirementsFile(text, { constraint: false, kind: () => undefined, variable: () => undefined }),
  },
  dockerfile: {
    names: /Dockerfile/,
    more: [
      '# escape=`\nARG A=1\nFROM python:3.12 AS b\nENV C=d E="f g"\nRUN --mount=type=cache x \\\n && y\nCMD ["z", "$PORT"]\n',
    ],
    read: (text) => {
      const instructions = parseDockerfile(text)
      return { instructions, stages: stagesOf(instructions).length }
    },
  },
  nginx: {
    names: /nginx.*\.conf/,
    more: [
      'http { # a\n map $a $b { default "c"; \'\' d; }\n server { listen <%= ENV["PORT"] %>;\n <% if x %>location ~ ^/a\\d { include b; }<% end %> } }\n',
    ],
    read: (text) => ({ template: parseNginx(text, true), plain: parseNginx(text, false), tags: erbTags(text) }),
  },
  dotenv: { names: /\.env/, more: ["A=b # c\nexport D=\"e\\nf\"\n'g h'='i'\nJ\n"], read: parseDotenv },
  html: { names: /\.(?:html|vue|svelte)$/, read: (text) => ({ page: readPage(text), masked: maskTemplates(text) }) },
  regex: {
    names: /^$/,
    more: patterns,
    withoutSpans: true,
    read: (text) => {
      const parsed = parseRegex(text)
      if (isProblem(parsed)) return parsed
      const script = toJavaScript(parsed)
      return { parsed, tame: isTame(parsed.regex), longest: longestText(parsed.regex), script }
    },
  },
}

/** Each reader of one language: it never throws, gives ranges of its text, and the same for the same text. */
export function readerTargets(projects: readonly Files[]): readonly Target<string>[] {
  return Object.entries(readers).map(([name, reader]) => {
    const texts = [...textsOf(projects, reader.names), ...(reader.more ?? [])]
    return target<string>({
      name,
      make: (random: Random) => mutated(random.one(texts), texts, random),
      judge(text) {
        const first = reader.read(text)
        const wrong = reader.withoutSpans ? undefined : wrongSpan(first, text.length)
        if (wrong !== undefined) return wrong
        if (!isReadAgain(text)) return undefined
        // What a reader remembers of its last texts is no second reading.
        reader.read(`${text} `)
        return isDeepStrictEqual(first, reader.read(text)) ? undefined : 'another result for the same text'
      },
      // What a reader does grows with its text; the constant is what nothing costs.
      steps: (text) => 20_000 + 2_000 * text.length,
      smaller: smallerTexts,
    })
  })
}

/** One text in eight, always the same: reading again and comparing takes twice the time of all the rest. */
function isReadAgain(text: string): boolean {
  let sum = text.length
  for (let at = 0; at < text.length; at += 7) sum += text.charCodeAt(at)
  return sum % 8 === 0
}

/** A text without one of its pieces, the large ones first. */
export function* smallerTexts(text: string): Generator<string> {
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < text.length; at += size) yield text.slice(0, at) + text.slice(at + size)
}
