import type { ProjectFacts } from '../../facts.ts';
import { variablesOf } from '../variables.ts';
import { yaml } from '../yaml-text.ts';
import { configOf, keyOf, secretOf } from './configuration.ts';

/** One pod for SQLite, any number for servers. It fits the restricted profile of Pod Security. */
export function deployment(facts: ProjectFacts): string {
  const { name, port, store, basePath } = facts;
  const isFile = store === 'sqlite';
  const probe = (path: string): string =>
    yaml`
            httpGet:
              path: ${basePath + path}
              port: http
`.trimEnd();
  const secrets = variablesOf(facts).filter(({ isSecret }) => isSecret);
  const secretVariables = secrets
    .map(
      ({ name: variable }) => yaml`            - name: ${`${variable}_FILE`}
              value: ${`/run/secrets/service/${keyOf(variable)}`}
`,
    )
    .join('');
  const head = yaml`apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
`;
  const number = isFile
    ? `  # SQLite has one writer: never more than one pod, not even while a new version is rolled out.
  replicas: 1
  strategy:
    type: Recreate
`
    : `  # How many there are, the autoscaler says.
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
`;
  const pod = yaml`  selector:
    matchLabels:
      app.kubernetes.io/component: api
  template:
    metadata:
      labels:
        app.kubernetes.io/component: api
    spec:
      serviceAccountName: ${name}
      automountServiceAccountToken: false
      enableServiceLinks: false
      # 5 seconds before the signal, 10 for requests under way (STOP_WITHIN), and some for the rest.
      terminationGracePeriodSeconds: 30
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
`;
  const spread = isFile
    ? `        # The group that may write the volume. OpenShift chooses one by itself: see its overlay.
        fsGroup: 1001
`
    : `      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app.kubernetes.io/component: api
`;
  const container = yaml`      containers:
        - name: api
          image: ${name}
          ports:
            - name: http
              containerPort: ${port}
          envFrom:
            - configMapRef:
                name: ${configOf(name)}
`;
  const environment = secretVariables === '' ? '' : `          env:\n${secretVariables}`;
  const rest = `          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          # The process starts within a second; a large database that must fit a changed description takes longer.
          startupProbe:${probe('/healthz')}
            periodSeconds: 2
            failureThreshold: 60
          livenessProbe:${probe('/healthz')}
            periodSeconds: 10
            timeoutSeconds: 5
          readinessProbe:${probe('/readyz')}
            periodSeconds: 5
            timeoutSeconds: 5
          lifecycle:
            preStop:
              # Until nobody sends requests here any more. Needs no shell.
              sleep:
                seconds: 5
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            # Of the processor there is no limit: it would only slow down what there is time for.
            limits:
              memory: 512Mi
          volumeMounts:
            - name: tmp
              mountPath: /tmp
`;
  const mount = isFile
    ? '            - name: data\n              mountPath: /data\n'
    : '            - name: secrets\n              mountPath: /run/secrets/service\n              readOnly: true\n';
  const volumes = `      volumes:
        - name: tmp
          emptyDir:
            sizeLimit: 64Mi
`;
  const own = isFile
    ? yaml`        - name: data
          persistentVolumeClaim:
            claimName: ${name}
`
    : yaml`        - name: secrets
          secret:
            secretName: ${secretOf(name)}
`;
  return head + number + pod + spread + container + environment + rest + mount + volumes + own;
}
