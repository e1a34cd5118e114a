import type { ProjectFacts } from '../../facts.ts';
import type { ProjectFile } from '../../file.ts';
import { yaml } from '../yaml-text.ts';
import { configOf } from './configuration.ts';
import { deployment } from './deployment.ts';

/**
 * `k8s/`: a base for Kustomize that fits the restricted profile of Pod Security, and an overlay for OpenShift.
 *
 * SQLite is a file with one writer, so that there is one pod, which is stopped before the next one starts, and nothing
 * that would ever make two of it. Servers of MongoDB take any number.
 */
export function kubernetesFiles(facts: ProjectFacts): readonly ProjectFile[] {
  const isFile = facts.store === 'sqlite';
  return [
    base('kustomization.yaml', kustomization(facts)),
    base('deployment.yaml', deployment(facts)),
    base('service.yaml', service(facts)),
    base('service-account.yaml', serviceAccount(facts)),
    base('network-policy.yaml', networkPolicy(facts)),
    ...(isFile
      ? [base('volume.yaml', volume(facts))]
      : [base('autoscaler.yaml', autoscaler(facts)), base('disruption-budget.yaml', disruptionBudget(facts))]),
    file('overlays/openshift/kustomization.yaml', openshift(facts)),
    file('overlays/openshift/route.yaml', route(facts)),
  ];
}

function base(path: string, text: string): ProjectFile {
  return file(`base/${path}`, text);
}

function file(path: string, text: string): ProjectFile {
  return { path: `k8s/${path}`, class: 'merged', text };
}

function kustomization({ name, store, port, basePath }: ProjectFacts): string {
  const isFile = store === 'sqlite';
  const own = isFile ? '  - volume.yaml\n' : '  - autoscaler.yaml\n  - disruption-budget.yaml\n';
  const head = `# kubectl apply -k k8s/base
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - deployment.yaml
  - service.yaml
  - service-account.yaml
  - network-policy.yaml
${own}`;
  return (
    head +
    yaml`labels:
  - includeSelectors: true
    pairs:
      app.kubernetes.io/name: ${name}
images:
  # The image that was built: its registry is newName.
  - name: ${name}
    newTag: '0.1.0'
configMapGenerator:
  # Variables of src/config.ts. A change makes a new name, and so new pods.
  - name: ${configOf(name)}
    literals:
      - ${`PORT=${port}`}
      - ${`BASE_PATH=${basePath}`}
`
  );
}

function service({ name }: ProjectFacts): string {
  return yaml`apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app.kubernetes.io/component: api
  ports:
    - name: http
      port: 80
      targetPort: http
`;
}

function serviceAccount({ name }: ProjectFacts): string {
  return yaml`# It may do nothing: the service asks nothing of the cluster.
apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
automountServiceAccountToken: false
`;
}

function networkPolicy({ name, store }: ProjectFacts): string {
  const head = yaml`apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/component: api
  policyTypes: [Ingress, Egress]
  ingress:
    - ports:
        - port: http
          protocol: TCP
`;
  if (store === 'sqlite') return `${head}  # It asks nobody for anything.\n  egress: []\n`;
  const search = store === 'mongodb' ? '' : '        # Elasticsearch\n        - port: 9200\n          protocol: TCP\n';
  return `${head}  egress:
    # Names
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
    # Change these where your servers have other ports, and say where they are (\`to\`) where you know.
    - ports:
        # MongoDB
        - port: 27017
          protocol: TCP
${search}`;
}

function volume({ name }: ProjectFacts): string {
  return yaml`apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: ${name}
spec:
  # A disk of one node. SQLite's files do not work on NFS.
  accessModes: [ReadWriteOnce]
  resources:
    requests:
      storage: 1Gi
`;
}

function autoscaler({ name }: ProjectFacts): string {
  return yaml`apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: ${name}
  minReplicas: 2
  maxReplicas: 10
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          # Of what is requested, which is little.
          averageUtilization: 300
`;
}

function disruptionBudget({ name }: ProjectFacts): string {
  return yaml`apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/component: api
`;
}

function openshift({ name, store }: ProjectFacts): string {
  const head = `# oc apply -k k8s/overlays/openshift
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../base
  - route.yaml
`;
  if (store !== 'sqlite') return head;
  return (
    head +
    yaml`patches:
  # OpenShift gives each project users and groups of its own, and refuses pods that ask for others.
  - target:
      kind: Deployment
      name: ${name}
    patch: |-
      - op: remove
        path: /spec/template/spec/securityContext/fsGroup
`
  );
}

function route({ name }: ProjectFacts): string {
  return yaml`apiVersion: route.openshift.io/v1
kind: Route
metadata:
  name: ${name}
spec:
  to:
    kind: Service
    name: ${name}
  port:
    targetPort: http
  tls:
    termination: edge
    insecureEdgeTerminationPolicy: Redirect
`;
}
