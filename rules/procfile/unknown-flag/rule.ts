import { judgeServer } from '../../../src/app/processes/judge.ts'
import type { UsageProblem } from '../../../src/app/processes/model.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'procfile/unknown-flag',
  hop: 'boot',
  severity: 'error',
  fix: 'none',
  summary: {
    en: 'The server does not take an option of its command line',
    fr: 'Le serveur n’accepte pas une option de sa ligne de commande',
  },
  messages: {
    refused: {
      en: '{problem}: {server} exits before it listens{versions}{hint}',
      fr: '{problem} : {server} se termine avant d’écouter{versions}{hint}',
    },
    repeated: { en: '{problem}', fr: '{problem}' },
  },
  mend: {
    refused: {
      en: 'Take the option off, or write one that this version of {server} has.',
      fr: 'Retirez l’option, ou écrivez-en une que possède cette version de {server}.',
    },
    repeated: { en: 'Keep the one you mean.', fr: 'Gardez celle que vous voulez.' },
  },
  check(app, report) {
    for (const process of app.processes.all) {
      const key = (problem: UsageProblem) => `${problem.kind}:${problem.at.file}:${problem.at.span.start}`
      const problems = new Map(
        process.servers.flatMap((server) => server.problems.map((problem) => [key(problem), problem])),
      )
      for (const [id, problem] of problems) {
        const verdict = judgeServer(process, (server) => server.problems.some((one) => key(one) === id))
        if (verdict === undefined) continue
        const { name, version } = verdict.server
        const { versions, suggestion, message } = problem
        const other = version === undefined ? '' : `, ${name}==${version}`
        report(problem.kind === 'repeated' ? 'repeated' : 'refused', {
          at: problem.at,
          data: {
            problem: message,
            server: name,
            versions:
              versions === undefined || versions === ''
                ? ''
                : { en: ` (${name}${versions} has it${other})`, fr: ` (${name}${versions} l’a${other})` },
            hint:
              suggestion === undefined
                ? ''
                : { en: `; did you mean ${suggestion}?`, fr: ` ; vouliez-vous dire ${suggestion} ?` },
          },
          ...(problem.kind === 'repeated' && { severity: 'warning' }),
          ...(verdict.when.length > 0 && { when: verdict.when }),
          symbol: `${process.type} ${problem.option}`,
        })
      }
    }
  },
})
