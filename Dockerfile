# notelint and git, and a user without rights:
#
#   docker build --tag notelint .
#   docker run --rm --volume "$PWD:/notes:ro" notelint check .
#
# The user in the container does not own the notes, and git reads a repository of somebody else only
# if `safe.directory` names it: else nothing in there would be ignored.

FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
RUN python -m pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
# git is that of the image's Debian, whichever it is
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --create-home --uid 10001 notelint \
  && git config --system safe.directory /notes
# the first stage has made the only wheel of that name
# hadolint ignore=DL3013
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
  python -m pip install --no-cache-dir --no-index --find-links /wheels notelint
USER 10001
WORKDIR /notes
ENTRYPOINT ["notelint"]
CMD ["--help"]
