import type { Place } from '../../contracts/place.ts'
import type { Layout } from '../../evaluate/shell/state.ts'
import { type FileTree, normalise, readText } from '../../files/tree.ts'
import type { Written } from '../../syntax/data.ts'
import { type Instruction, pairsOf, parseDockerfile, stagesOf } from '../../syntax/dockerfile/dockerfile.ts'
import type { ManifestCommand } from '../manifest/model.ts'

/** What a Dockerfile says about running: where the files lie, what starts. */
export interface Image {
  readonly file: string
  /** The image that the last stage is built upon, through earlier stages of the file, as written: `python:3.13`. */
  readonly base: string
  readonly layout: Layout
  readonly environment: readonly { readonly name: string; readonly value: string; readonly at: Place }[]
  /** Exec-form ENTRYPOINT: runs with the command as its arguments. */
  readonly entrypoint: readonly Written[]
  /** CMD, or a shell-form ENTRYPOINT (which takes no arguments). */
  readonly command: Omit<ManifestCommand, 'type'> | undefined
  readonly shellEntry: boolean
}

/** Reads the last stage of a Dockerfile. The build context is the Dockerfile's own folder, as on Heroku. */
export function containerImage(tree: FileTree, path: string): Image | undefined {
  const name = normalise(path)
  const file = name === undefined ? undefined : readText(tree, name)
  const stages = file === undefined ? [] : stagesOf(parseDockerfile(file.text))
  const stage = stages.at(-1)
  if (file === undefined || stage === undefined) return undefined
  const context = file.path.includes('/') ? file.path.slice(0, file.path.lastIndexOf('/')) : ''
  let folder = '/'
  const mounts: { path: string; folder: string }[] = []
  const environment: { name: string; value: string; at: Place }[] = []
  let entrypoint: Instruction | undefined
  let cmd: Instruction | undefined
  for (const instruction of stage) {
    const at = { file: file.path, span: instruction.span }
    if (instruction.name === 'WORKDIR') folder = resolve(folder, instruction.text)
    else if (instruction.name === 'ENV') environment.push(...pairsOf(instruction.text).map((pair) => ({ ...pair, at })))
    else if ((instruction.name === 'COPY' || instruction.name === 'ADD') && !instruction.flags.has('from'))
      mounts.push(...copies(tree, instruction, folder, context))
    else if (instruction.name === 'ENTRYPOINT') {
      entrypoint = instruction
      cmd = undefined
    } else if (instruction.name === 'CMD') cmd = instruction
  }
  const shellEntry = entrypoint !== undefined && entrypoint.list === undefined
  const runs = shellEntry ? entrypoint : cmd
  return {
    file: file.path,
    base: baseOf(stages, stages.length - 1),
    layout: { home: folder, mounts: mounts.length > 0 ? mounts : [{ path: folder, folder: context }] },
    environment,
    entrypoint: shellEntry
      ? []
      : (entrypoint?.list ?? []).map(({ text, span }) => ({ text, at: { file: file.path, span } })),
    command: runs === undefined ? undefined : commandOf(file.path, runs),
    shellEntry,
  }
}

function resolve(folder: string, path: string): string {
  const text = path.trim().replace(/^["']|["']$/g, '')
  return `/${normalise(text.startsWith('/') ? text : `${folder}/${text}`) ?? ''}`
}

/** `COPY . /code`, `COPY backend/ ./`: folders of the tree and where they end up. */
function copies(tree: FileTree, { text, list }: Instruction, workdir: string, context: string): Layout['mounts'] {
  const words = list?.map((word) => word.text) ?? text.split(/\s+/)
  const target = words.at(-1)
  if (target === undefined) return []
  return words.slice(0, -1).flatMap((source) => {
    const folder = normalise(`${context}/${source}`)
    if (folder === undefined || (folder !== '' && tree.kind(folder) !== 'directory')) return []
    return [{ path: resolve(workdir, target), folder }]
  })
}

function commandOf(file: string, { list, text, offset, span }: Instruction): Omit<ManifestCommand, 'type'> {
  const at = { file, span: { start: offset, end: offset + text.length } }
  const where = { file, span }
  if (list !== undefined) {
    return {
      at: where,
      command: { form: 'exec', at, words: list.map((word) => ({ text: word.text, at: { file, span: word.span } })) },
    }
  }
  return { at: where, command: { form: 'shell', text, at, verbatim: true } }
}

/** What the stage of this index is built upon: another stage's base when its FROM names that stage. */
function baseOf(stages: readonly (readonly Instruction[])[], index: number): string {
  const [name = ''] = stages[index]?.[0]?.text.split(/\s+/) ?? []
  const earlier = stages.slice(0, index).findLastIndex(([from]) => {
    const alias = /\sas\s+(\S+)$/i.exec(from?.text ?? '')?.[1]
    return alias?.toLowerCase() === name.toLowerCase()
  })
  return earlier < 0 ? name : baseOf(stages, earlier)
}

/** Official images whose own command is an interpreter or a shell, which ends at once on a dyno (their Dockerfiles, 2026-11). */
const bareImages = /^(?:docker\.io\/)?(?:library\/)?(?:python|debian|ubuntu|alpine|buildpack-deps)(?:[:@]|$)/

/** Whether the image surely starts nothing of the project: another base may bring a command of its own. */
export function startsNothing({ base, command, entrypoint }: Image): boolean {
  return command === undefined && entrypoint.length === 0 && bareImages.test(base)
}

/** The Dockerfile of the root starts something by itself: the project may be deployed as an image, without a Procfile. */
export function rootImageStarts(tree: FileTree): boolean {
  const image = containerImage(tree, 'Dockerfile')
  return image !== undefined && (image.command !== undefined || image.entrypoint.length > 0)
}
