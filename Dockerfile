# The portal as one image: web, worker and beat differ only in their command (docker-compose.yml).

FROM node:20-bookworm-slim AS font
WORKDIR /srv/congvan
COPY package.json package-lock.json .npmrc ./
RUN npm ci

FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/congvan
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
COPY --from=font /srv/congvan/node_modules node_modules
# Any key will do to collect files; the one that serves comes from outside.
RUN python scripts/assets.py \
    && ENV_FILE=.env.example SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
       python manage.py collectstatic --noinput \
    && rm -r node_modules

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 fonts-croscore \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 congvan
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/congvan
COPY --from=build /srv/congvan ./
RUN install --directory --owner congvan var var/media
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1
USER congvan
EXPOSE 8000
CMD ["gunicorn", "congvan.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
