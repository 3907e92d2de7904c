-- A real editor on a project: it starts the server, reads diagnostics, hovers, goes to a definition, applies a fix, saves.
-- nvim --headless --clean -l is newer than Debian's: run by -c 'luafile …'. SERVER names the built command line.
local function fail(what)
  io.stderr:write('neovim: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, condition)
  if not vim.wait(20000, condition, 50) then
    fail('nothing came: ' .. what)
  end
end

local ok, problem = pcall(function()
  vim.cmd('edit backend/backend/settings.py')
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({
    name = 'dynolint',
    cmd = { vim.env.NODE, vim.env.SERVER, 'lsp', '--stdio' },
    root_dir = vim.fn.getcwd(),
    workspace_folders = { { uri = vim.uri_from_fname(vim.fn.getcwd()), name = 'project' } },
  })
  vim.lsp.buf_attach_client(buffer, client)

  local function codes()
    local found = {}
    for _, one in ipairs(vim.diagnostic.get(buffer)) do
      found[one.code or one.user_data.lsp.code] = one
    end
    return found
  end
  wait('diagnostics', function()
    return codes()['settings/redis-tls'] ~= nil
  end)
  local tls = codes()['settings/redis-tls']
  local line = vim.api.nvim_buf_get_lines(buffer, tls.lnum, tls.lnum + 1, true)[1]
  if not line:find('hosts', 1, true) then
    fail('the finding stands on ' .. line)
  end

  local here = { textDocument = vim.lsp.util.make_text_document_params(buffer) }
  local function ask(method, params)
    local answer = vim.lsp.buf_request_sync(buffer, method, params, 20000)
    local one = answer and answer[client]
    if not one or one.err then
      fail(method .. ': ' .. vim.inspect(one))
    end
    return one.result
  end

  local at = { line = tls.lnum - 4, character = 6 }
  local hover = ask('textDocument/hover', vim.tbl_extend('force', here, { position = at }))
  if not hover.contents.value:find('CHANNEL_LAYERS', 1, true) then
    fail('hover says ' .. vim.inspect(hover))
  end

  local actions = ask(
    'textDocument/codeAction',
    vim.tbl_extend('force', here, {
      range = { start = { line = tls.lnum, character = 0 }, ['end'] = { line = tls.lnum, character = 999 } },
      context = { diagnostics = {} },
    })
  )
  local fix
  for _, action in ipairs(actions) do
    if action.kind == 'quickfix' and action.edit and action.diagnostics[1].code == 'settings/redis-tls' then
      fix = fix or action
    end
  end
  if not fix then
    fail('no fix among ' .. vim.inspect(actions))
  end
  vim.lsp.util.apply_workspace_edit(fix.edit, vim.lsp.get_client_by_id(client).offset_encoding)
  vim.cmd('write')
  wait('the finding to go', function()
    return codes()['settings/redis-tls'] == nil
  end)

  vim.cmd('edit Procfile')
  local procfile = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(procfile, client)
  local target = vim.lsp.buf_request_sync(procfile, 'textDocument/definition', {
    textDocument = vim.lsp.util.make_text_document_params(procfile),
    position = { line = 0, character = 60 },
  }, 20000)[client].result
  if #target ~= 1 or not target[1].uri:find('asgi.py', 1, true) then
    fail('the definition is ' .. vim.inspect(target))
  end
  io.stdout:write('fixed: ' .. fix.title .. '\n')
end)
if not ok then
  fail(problem)
end
vim.cmd('quitall!')
