import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { SettingsModel } from './model.ts'

/** A variable to which a file that is pushed gives its value where no config var does. */
export interface SetByFile {
  readonly variable: string
  readonly at: Place
}

/** The file that decides on a path which rests on a config var that is not set. */
export function setByFile({ evaluation }: SettingsModel, when: readonly Condition[]): SetByFile | undefined {
  for (const condition of when) {
    if (condition.holds || condition.variable === undefined) continue
    for (const { events } of evaluation?.paths ?? [])
      for (const event of events)
        if (
          event.type === 'environ' &&
          event.name === condition.variable &&
          event.how === 'setdefault' &&
          event.effective &&
          event.source !== undefined
        )
          return { variable: event.name, at: event.source }
  }
  return undefined
}
