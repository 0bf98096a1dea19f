# The Python that the tests run on.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /app
# Before the code, so that a change to the code does not install everything again.
COPY requirements.txt .
RUN /app/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# Such as redis,telemetry: `--build-arg EXTRAS=…`.
ARG EXTRAS=""
RUN /app/bin/pip install --no-cache-dir --no-build-isolation --no-deps . \
    && if [ -n "$EXTRAS" ]; then /app/bin/pip install --no-cache-dir --no-build-isolation ".[$EXTRAS]"; fi \
    && /app/bin/pip uninstall --yes setuptools pip

FROM python:3.11-slim
COPY --from=build /app /app
# A number, because Kubernetes cannot tell from a name that it is not root.
RUN install -d -o 10001 -g 10001 /data
USER 10001:10001
VOLUME /data
ENV PATH=/app/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    SIXTYONE_DATABASE_URL=sqlite:////data/sixty-one.db \
    SIXTYONE_HOST=0.0.0.0
EXPOSE 8000
STOPSIGNAL SIGTERM
# By the shell itself: to start a Python every few seconds would take more than the service does.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${SIXTYONE_PORT:-8000} && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]"]
CMD ["sixtyone", "serve"]
