# Two stages: Node builds the stylesheet, then Python serves. The image has no Node, no compiler and no test tools.

FROM node:24-slim AS frontend
WORKDIR /build/frontend
COPY frontend/ ./
RUN ./build

FROM python:3.11-slim AS house
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DJANGO_SETTINGS_MODULE=commonpurse.settings
# WeasyPrint draws its letters with Pango.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-noto-core libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes --requirement requirements/run.txt
COPY . .
COPY --from=frontend /build/static/build/ static/build/
# Squeezed and named by content now, so that a container only reads them. No secret is needed for it.
RUN python -m commonpurse.catalogues \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && useradd --system --no-create-home --shell /usr/sbin/nologin purse \
    && install --directory --owner purse --group purse media
USER purse
EXPOSE 8000
CMD ["gunicorn", "commonpurse.wsgi", "--bind", "0.0.0.0:8000", "--workers", "4", "--threads", "4", "--no-control-socket"]
