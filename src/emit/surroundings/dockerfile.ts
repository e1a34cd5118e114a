import type { ProjectFacts } from '../facts.ts';
import type { ProjectFile } from '../file.ts';

/**
 * `Dockerfile`: built on any machine for any other, since nothing in it is compiled for one. It runs as any user of group
 * 0 (OpenShift chooses one), with a root file system that is read-only.
 */
export function dockerfile({ name, store, port, basePath }: ProjectFacts): ProjectFile {
  const isFile = store === 'sqlite';
  const text = `# syntax=docker/dockerfile:1
# Pin the base for builds that can be repeated: --build-arg NODE_IMAGE=node:24-slim@sha256:…
ARG NODE_IMAGE=node:24-slim

FROM --platform=$BUILDPLATFORM \${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund${isFile ? ' && mkdir /data' : ''}

FROM \${NODE_IMAGE}
LABEL org.opencontainers.image.title=${dockerText(name)}
ENV NODE_ENV=production \\
    HOST=0.0.0.0 \\
    PORT=${port} \\
    BASE_PATH=${dockerText(basePath)}${isFile ? ` \\\n    DATA_PATH=${dockerText(`/data/${name}.db`)}` : ''}
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY package.json ./
COPY api ./api
COPY --from=build /app/dist ./dist
${isFile ? '# The data: a volume belongs here. Its group may write, whoever the user is.\nCOPY --from=build --chown=1001:0 --chmod=2770 /data /data\n' : ''}USER 1001:0
EXPOSE ${port}
# Without a shell, which other bases may lack.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s \\
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + process.env.BASE_PATH + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
`;
  return { path: 'Dockerfile', class: 'merged', text };
}

/** A value of ENV or LABEL, in which nothing is a variable, an escape or a further instruction. */
function dockerText(text: string): string {
  return `"${text.replace(/[\\"$]/g, '\\$&').replace(/[\r\n]/g, ' ')}"`;
}
