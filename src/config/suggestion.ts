import type { Text } from '../contracts/text.ts'

/** `unknown rule “settings/debgu”; did you mean “settings/debug”?` */
export function unknown(en: string, fr: string, name: string, near: string | undefined): Text {
  const hint = suggestion(near)
  return { en: `unknown ${en} “${name}”${hint.en}`, fr: `${fr} « ${name} »${hint.fr}` }
}

/** What was probably meant, as the end of a sentence; empty when nothing is near. */
export function suggestion(near: string | undefined): Text {
  return near === undefined
    ? { en: '', fr: '' }
    : { en: `; did you mean “${near}”?`, fr: ` ; vouliez-vous dire « ${near} » ?` }
}
