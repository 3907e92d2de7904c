/** Names of configuration files, the first that exists counts. pyproject.toml counts when it has `[tool.dynolint]`. */
export const configNames = ['dynolint.toml', 'pyproject.toml', 'dynolint.yaml', 'dynolint.yml'] as const
