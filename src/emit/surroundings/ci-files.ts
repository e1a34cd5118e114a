import type { ProjectFacts } from '../facts.ts';
import type { ProjectFile } from '../file.ts';
import { yaml } from './yaml-text.ts';

/** `.github/workflows/ci.yml` and `.gitlab-ci.yml`: the same checks, in the same order. */
export function ciFiles(facts: ProjectFacts): readonly ProjectFile[] {
  return [
    { path: '.github/workflows/ci.yml', class: 'merged', text: githubText(facts) },
    { path: '.gitlab-ci.yml', class: 'merged', text: gitlabText(facts) },
  ];
}

function githubText(facts: ProjectFacts): string {
  const { name, store } = facts;
  const services =
    store === 'sqlite'
      ? ''
      : `    services:
${githubMongodb}${store === 'mongodb' ? '' : githubElasticsearch}    env:
      MONGODB_URL: mongodb://127.0.0.1:27017
${store === 'mongodb' ? '' : '      ELASTICSEARCH_URL: http://127.0.0.1:9200\n'}`;
  return `name: CI

on:
  push:
    branches: [main]
  pull_request:

permissions:
  contents: read

concurrency:
  group: ci-\${{ github.ref }}
  cancel-in-progress: true

jobs:
  checks:
    runs-on: ubuntu-24.04
    timeout-minutes: 20
    strategy:
      fail-fast: false
      matrix:
        node: [22, 24]
${services}    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: \${{ matrix.node }}
          cache: npm
      - run: npm ci
      - run: npm run lint
      - run: npm run typecheck
      - run: npm test
      - run: npm run build
      # The code is what the description says: fails where one was changed without the other.
      - run: npm run emit:check

  image:
    needs: checks
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v4
      - uses: docker/setup-buildx-action@v3
      - uses: docker/build-push-action@v6
        with:
          context: .
          platforms: linux/amd64,linux/arm64
          push: false
${yaml`          tags: ${`${name}:ci`}
`}          cache-from: type=gha
          cache-to: type=gha,mode=max
          sbom: true
`;
}

const githubMongodb = `      mongodb:
        image: mongo:8.0
        ports: ['27017:27017']
        options: >-
          --health-cmd "mongosh --quiet --eval 'db.adminCommand({ ping: 1 })'"
          --health-interval 5s --health-timeout 5s --health-retries 30
`;

const githubElasticsearch = `      elasticsearch:
        image: docker.elastic.co/elasticsearch/elasticsearch:8.19.5
        ports: ['9200:9200']
        env:
          discovery.type: single-node
          xpack.security.enabled: 'false'
          ES_JAVA_OPTS: -Xms512m -Xmx512m
        options: >-
          --health-cmd "curl -fsS http://127.0.0.1:9200/_cluster/health"
          --health-interval 5s --health-timeout 5s --health-retries 60
`;

function gitlabText({ store }: ProjectFacts): string {
  const mongodb = `    - name: mongo:8.0
      alias: mongodb
`;
  const elasticsearch = `    - name: docker.elastic.co/elasticsearch/elasticsearch:8.19.5
      alias: elasticsearch
      variables:
        discovery.type: single-node
        xpack.security.enabled: 'false'
        ES_JAVA_OPTS: -Xms512m -Xmx512m
`;
  const services =
    store === 'sqlite'
      ? ''
      : `  services:
${mongodb}${store === 'mongodb' ? '' : elasticsearch}  variables:
    MONGODB_URL: mongodb://mongodb:27017
${store === 'mongodb' ? '' : '    ELASTICSEARCH_URL: http://elasticsearch:9200\n'}`;
  return `stages: [check, image]

checks:
  stage: check
  image: node:\${NODE_VERSION}-slim
  parallel:
    matrix:
      - NODE_VERSION: ['22', '24']
${services}  cache:
    key:
      files: [package-lock.json]
    paths: [.npm/]
  script:
    - npm ci --cache .npm
    - npm run lint
    - npm run typecheck
    - npm test
    - npm run build
    - npm run emit:check

image:
  stage: image
  image: docker:27
  services: [docker:27-dind]
  script:
    - docker buildx create --use
    - docker buildx build --platform linux/amd64,linux/arm64 .
`;
}
