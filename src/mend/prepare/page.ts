import { reopened } from '../../app/frontend/reopen-edits.ts'
import type { Creator } from './preparation.ts'

/** A socket that nothing opens again is opened again when it closes. */
export const reconnect: Creator = (app) => {
  for (const socket of app.frontend.sockets) {
    const edits = reopened(app.tree, socket)
    if (edits !== undefined)
      return { title: { en: 'Open the socket again when it closes', fr: 'Rouvrir le socket quand il se ferme' }, edits }
  }
  return undefined
}
