# dynolint for CI systems without Node: the committed bundle, and git for --since, --staged and --rev.
#   docker build --tag dynolint https://github.com/dynolint/dynolint.git#v0.1.0
#   docker run --rm --volume "$PWD:/project:ro" dynolint
FROM node:24-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/* \
  # The project belongs to whoever mounted it.
  && git config --system --add safe.directory '*'
COPY dist /opt/dynolint/dist
USER node
WORKDIR /project
ENTRYPOINT ["node", "/opt/dynolint/dist/dynolint.js"]
