# Two stages: the first installs and builds, the second only serves.
# BASE can be any Debian with python3 (3.11 or newer): docker build --build-arg BASE=debian:trixie-slim .
ARG BASE=debian:bookworm-slim

FROM ${BASE} AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates make python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/qiplatform
# What changes seldom comes first: a change in the code does not install the packages again.
COPY Makefile pyproject.toml requirements.lock requirements-uv.lock requirements-node.lock package.json package-lock.json .npmrc README.md LICENSE ./
RUN mkdir -p qiplatform spc workers && touch qiplatform/__init__.py spc/__init__.py workers/__init__.py && make packages
COPY . .
RUN make assets && .venv/bin/python -m compileall -q qiplatform spc workers && rm -rf node_modules

FROM ${BASE}
# libcairo2 draws the charts that are asked for as PNG.
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates libcairo2 python3 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --home-dir /var/lib/qiplatform --uid 10001 qiplatform
COPY --from=build /opt/qiplatform /opt/qiplatform
WORKDIR /opt/qiplatform
ENV PATH=/opt/qiplatform/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    QIP_DATA_DIR=/var/lib/qiplatform \
    QIP_HOST=0.0.0.0
USER qiplatform
VOLUME /var/lib/qiplatform
EXPOSE 8000
HEALTHCHECK --start-period=15s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
CMD ["qiplatform", "serve"]
