import { readdirSync, readFileSync } from 'node:fs'

/** One process, as /proc/PID/stat tells. */
interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
  readonly session: number
  /** In ticks since the machine started: with the number it names one process. */
  readonly started: string
}

/**
 * Follows a process and all that descend from it. A process manager gives its children sessions and groups of their own, so
 * parents are followed; who has lost its parent is known by having been seen before, or by the group or session of one that was.
 */
export function familyOf(first: number): () => number[] {
  const known = new Map<number, string>()
  const groups = new Set([first])
  return () => {
    const all = processes()
    const children = new Map<number, Process[]>()
    for (const one of all) children.set(one.parent, [...(children.get(one.parent) ?? []), one])
    const queue = all.filter(
      ({ pid, started, group, session }) =>
        pid === first || known.get(pid) === started || groups.has(group) || groups.has(session),
    )
    const found = new Map<number, string>()
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      if (found.has(one.pid)) continue
      found.set(one.pid, one.started)
      queue.push(...(children.get(one.pid) ?? []))
      // Only groups that began in the family: the first process leads the oldest of them.
      if (one.group === one.pid) groups.add(one.group)
      if (one.session === one.pid) groups.add(one.session)
    }
    known.clear()
    for (const [pid, started] of found) known.set(pid, started)
    return [...found.keys()]
  }
}

function processes(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
        // The second field is in brackets and may hold anything.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const [state, parent, group, session] = fields
        if (state === 'Z') return []
        return [
          {
            pid: Number(name),
            parent: Number(parent),
            group: Number(group),
            session: Number(session),
            started: fields[19] ?? '',
          },
        ]
      } catch {
        // It ended while it was looked at.
        return []
      }
    })
}
