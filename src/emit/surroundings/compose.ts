import type { ProjectFacts, ProjectStore } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { yaml } from './yaml-text.ts';

/** `compose.yaml`: the service with what it stores in, for developing and for trying out. */
export function composeFile(facts: ProjectFacts): ProjectFile {
  const { name, port, store } = facts;
  const service = yaml`# docker compose up --build --wait
name: ${name}

services:
  api:
    build: .
    image: ${`${name}:dev`}
    ports:
      # Reachable from this machine alone.
      - ${`127.0.0.1:${port}:${port}`}
    read_only: true
    tmpfs: [/tmp]
    cap_drop: [ALL]
    security_opt: ['no-new-privileges:true']
    restart: unless-stopped
    stop_grace_period: 25s
    healthcheck:
      test: [CMD, node, -e, ${isReady}]
      interval: 10s
      timeout: 5s
      start_period: 20s
      start_interval: 1s
`;
  return { path: 'compose.yaml', class: 'merged', text: service + stored[store](facts) };
}

const isReady =
  "fetch('http://127.0.0.1:' + process.env.PORT + process.env.BASE_PATH + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))";

/** What follows the service: its data, or the servers that have it. */
const stored: Readonly<Record<ProjectStore, (facts: ProjectFacts) => string>> = {
  sqlite: () => `    volumes:
      - data:/data

volumes:
  data: {}
`,
  mongodb: ({ name }) => `${yaml`    environment:
      MONGODB_URL: ${mongodbUrl(name)}
    depends_on:
      mongodb:
        condition: service_healthy
`}
${mongodb}
volumes:
  mongodb: {}
`,
  'mongodb+elasticsearch': ({ name }) => `${yaml`    environment:
      MONGODB_URL: ${mongodbUrl(name)}
      ELASTICSEARCH_URL: http://elasticsearch:9200
      SEARCH_WAITS: 'true'
    depends_on:
      mongodb:
        condition: service_healthy
      elasticsearch:
        condition: service_healthy
`}
${mongodb}
${elasticsearch}
volumes:
  mongodb: {}
  elasticsearch: {}
`,
};

function mongodbUrl(name: string): string {
  return `mongodb://mongodb:27017/${name}?replicaSet=rs0`;
}

const mongodb = `  # A set of one: MongoDB has transactions, and tells its changes, in replica sets only.
  mongodb:
    image: mongo:8.0
    command: [mongod, --replSet, rs0, --bind_ip_all]
    volumes:
      - mongodb:/data/db
    restart: unless-stopped
    healthcheck:
      # The first look makes the set; it is healthy once it takes writes.
      test:
        - CMD
        - mongosh
        - --quiet
        - --eval
        - >-
          try { rs.status() } catch { rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongodb:27017' }] }) }
          quit(db.hello().isWritablePrimary ? 0 : 1)
      interval: 10s
      timeout: 10s
      start_period: 60s
      start_interval: 2s
`;

const elasticsearch = `  elasticsearch:
    image: docker.elastic.co/elasticsearch/elasticsearch:8.19.5
    environment:
      discovery.type: single-node
      # For this network alone: turn security on where others can reach it.
      xpack.security.enabled: 'false'
      ES_JAVA_OPTS: -Xms512m -Xmx512m
    volumes:
      - elasticsearch:/usr/share/elasticsearch/data
    restart: unless-stopped
    healthcheck:
      test: [CMD, curl, -fsS, 'http://127.0.0.1:9200/_cluster/health?wait_for_status=yellow&timeout=3s']
      interval: 10s
      timeout: 5s
      start_period: 120s
      start_interval: 2s
`;
