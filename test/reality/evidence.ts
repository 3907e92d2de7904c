/** The line that says most of why a program ended: the last exception or usage error, else the last line that is not empty. */
export function lastLine(log: string): string {
  const lines = log
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '')
  const check = lines.find((line) => /^\S+: \(\w+\.E\d+\) |^Unknown command: /u.test(line))
  const telling =
    check ??
    lines.findLast((line) =>
      /^(\[[^\]]*\] \[\d+\] \[\w+\] )?[\w.]*(Error|Exception|Exit|Configured|NotReady|DoesNotExist)\b.*:|^(\w+: )?error: |command not found|No such file or directory/u.test(
        line,
      ),
    )
  const line = telling ?? lines.at(-1) ?? '(no output)'
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}
