/**
 * Servers that import the application inside their running event loop: `uvicorn.Server.serve` is the coroutine that calls
 * `Config.load` (0.11.8, 0.23.2 and 0.54.0 read, 2026-11-30). Daphne (`CommandLineInterface.run`, 4.2.3), Hypercorn
 * (`asyncio_worker`, 0.11.2 and 0.18.0), Granian (2.8.9) and gunicorn's workers (`Worker.init_process`, 27.0.1; so
 * `uvicorn-worker` 0.4.0 gets it ready made) load it before they start theirs.
 */
export const loadingInLoop: ReadonlySet<string> = new Set(['uvicorn'])
