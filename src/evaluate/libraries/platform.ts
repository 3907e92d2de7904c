import { library, native } from '../library.ts'
import { text } from '../make.ts'

/** The dyno runs Ubuntu on x86-64 or ARM; only what every dyno agrees on is given. */
export const platform = library('platform', {
  system: native('platform.system', (run) => text('Linux', run.at)),
  node: native('platform.node', (run) =>
    run.unknown({ en: 'the name of the dyno is not known', fr: "le nom du dyno n'est pas connu" }, 'str'),
  ),
})
