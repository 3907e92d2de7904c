import type { FileSystemWatcher } from 'vscode-languageserver/node'

/** What a check may read, as globs: changes of anything else change nothing. */
export const watchedFiles: FileSystemWatcher[] = [
  '**/*.{py,txt,in,toml,lock,json,json5,yml,yaml,cfg,ini,html,htm,js,jsx,ts,tsx,mjs,cjs,vue,svelte,sh}',
  '**/{Procfile*,Pipfile,Dockerfile*,Makefile,.env*,.python-version,.profile,.slugignore,.gitignore,.gitmodules,Aptfile}',
  '**/bin/*',
  '**/.git/index',
].map((globPattern) => ({ globPattern }))
