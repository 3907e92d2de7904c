// What action.yml starts. The runner brings the Node that action.yml names.
require('./run-action.js').start()
