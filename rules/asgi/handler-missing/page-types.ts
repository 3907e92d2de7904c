import type { App } from '../../../src/app/app.ts'
import { calledMethods, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { isHandled } from '../../../src/app/asgi/message-faults.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { type SentText, textsSent } from './sent-objects.ts'

interface PageType extends SentText {
  readonly when: readonly Text[]
}

/** Types that pages send in their own messages, and that no consumer has a method for. */
export function pageTypes(app: App): readonly PageType[] {
  const listening = servedConsumers(app).filter((one) =>
    calledMethods(app, one).some(({ name }) => /^(?:receive|receive_json|websocket_receive)$/.test(name)),
  )
  const when = listening.length > 1 ? [toThisOne] : []
  const found = textsSent(app, 'type').filter(({ text }) => !isHandled(app, text))
  return uniqueBy(found, ({ text }) => text).map((one) => ({ ...one, when }))
}

const toThisOne = {
  en: 'the socket that the page opens leads to this consumer',
  fr: 'le socket qu’ouvre la page mène à ce consumer',
}
