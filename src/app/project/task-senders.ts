import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { eachNode } from './nodes.ts'

/** Some code of the project hands a task to Celery. */
export const sendsTasks = ({ project, tree }: App): boolean =>
  project.python.some((path) => {
    let sends = false
    eachNode(parseFile(tree, path)?.module.body, (node) => {
      if (node.kind === 'Call' && node.func.kind === 'Attribute' && senders.has(node.func.attr)) sends = true
      return !sends
    })
    return sends
  })

const senders = new Set(['delay', 'apply_async', 'send_task'])
