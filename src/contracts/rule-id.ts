/** The areas of the rules, as folders of rules/. */
export type Area = 'procfile' | 'deps' | 'settings' | 'asgi' | 'app' | 'frontend' | 'engine'
export type RuleId = `${Area}/${string}`
