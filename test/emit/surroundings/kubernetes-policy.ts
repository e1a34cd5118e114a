import type { ProjectStore } from '../../../src/emit/facts.ts';
import { variablesOf } from '../../../src/emit/surroundings/variables.ts';
import { bookstore } from './facts.ts';

/** As far as the rules look at it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: Spec;
}

interface Spec {
  readonly replicas?: number;
  readonly strategy?: { readonly type?: string };
  readonly accessModes?: readonly string[];
  readonly selector?: Selector & Labels;
  readonly podSelector?: Selector;
  readonly ports?: readonly { readonly targetPort?: string }[];
  readonly template?: { readonly metadata?: { readonly labels?: Labels }; readonly spec?: Pod };
}

type Labels = Readonly<Record<string, unknown>>;

interface Selector {
  readonly matchLabels?: Labels;
}

interface Pod {
  readonly automountServiceAccountToken?: boolean;
  readonly terminationGracePeriodSeconds?: number;
  readonly securityContext?: { readonly runAsNonRoot?: boolean; readonly seccompProfile?: { readonly type?: string } };
  readonly containers?: readonly Container[];
}

interface Container {
  readonly image?: string;
  readonly ports?: readonly { readonly name?: string; readonly containerPort?: number }[];
  readonly env?: readonly { readonly name: string }[];
  readonly securityContext?: {
    readonly allowPrivilegeEscalation?: boolean;
    readonly readOnlyRootFilesystem?: boolean;
    readonly capabilities?: { readonly drop?: readonly string[] };
  };
  readonly resources?: { readonly limits?: { readonly memory?: string } };
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds?: number } } };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
}

interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port?: string };
}

/** What rendered manifests must not do: none for good ones. */
export function policyFindings(manifests: readonly Manifest[], store: ProjectStore): readonly string[] {
  const of = (kind: string) => manifests.filter((manifest) => manifest.kind === kind).map(({ spec }) => spec);
  const [deployment] = of('Deployment');
  const pod = deployment?.template?.spec;
  const labels = deployment?.template?.metadata?.labels ?? {};
  const [container] = pod?.containers ?? [];
  const context = container?.securityContext;
  const configuration = manifests.find(({ kind }) => kind === 'ConfigMap')?.data ?? {};
  const sleep = container?.lifecycle?.preStop?.sleep?.seconds ?? 0;
  const known = new Set(variablesOf(bookstore(store)).flatMap(({ name }) => [name, `${name}_FILE`]));
  const given = [...Object.keys(configuration), ...(container?.env ?? []).map(({ name }) => name)];
  const selectors: readonly Labels[] = manifests.flatMap(({ kind, spec }) => [
    ...(kind === 'Service' && spec?.selector ? [spec.selector] : []),
    ...[spec?.selector?.matchLabels, spec?.podSelector?.matchLabels].filter((selector) => selector !== undefined),
  ]);
  const ports = container?.ports ?? [];
  const rules: readonly (readonly [isRight: boolean, finding: string])[] = [
    [pod?.securityContext?.runAsNonRoot === true, 'it may run as root'],
    [pod?.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'it may call anything of the kernel'],
    [context?.allowPrivilegeEscalation === false, 'it may get more rights'],
    [context?.readOnlyRootFilesystem === true, 'it may write its root'],
    [context?.capabilities?.drop?.includes('ALL') === true, 'it keeps capabilities'],
    [pod?.automountServiceAccountToken === false, 'it gets a token of the cluster'],
    [container?.resources?.limits?.memory !== undefined, 'its memory has no limit'],
    [/^[^:]+:\d+\.\d+\.\d+$/.test(container?.image ?? ''), 'the image has no version'],
    [ports.some(({ containerPort }) => String(containerPort) === configuration.PORT), 'the port is not PORT'],
    [
      of('Service').every((service) =>
        service?.ports?.every(({ targetPort }) => ports.some(({ name }) => name === targetPort)),
      ),
      'the Service leads to no port',
    ],
    [selectors.every((selector) => fits(selector, labels)), 'a selector fits no pod'],
    [sleep > 0, 'requests still come while it stops'],
    // The longest STOP_WITHIN is 15 seconds, and the process gives itself 20 in all.
    [(pod?.terminationGracePeriodSeconds ?? 0) >= sleep + 20, 'it is killed before it has stopped'],
    [store !== 'sqlite' || hasOneWriter(manifests), 'a file has more than one writer'],
    [of('NetworkPolicy').length === 1, 'it may ask anybody'],
    [store === 'sqlite' || of('PodDisruptionBudget').length === 1, 'all may be taken away at once'],
  ];
  return [
    ...rules.filter(([isRight]) => !isRight).map(([, finding]) => finding),
    ...probeFindings(container, configuration.BASE_PATH ?? ''),
    ...given.filter((name) => !known.has(name)).map((name) => `${name} is no variable of the service`),
  ];
}

function probeFindings(container: Container | undefined, basePath: string): readonly string[] {
  const probes = { startupProbe: '/healthz', livenessProbe: '/healthz', readinessProbe: '/readyz' } as const;
  return (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).flatMap((name) => {
    const asked = container?.[name]?.httpGet;
    if (!asked) return [`${name} is missing`];
    return asked.path === basePath + probes[name] ? [] : [`${name} does not ask ${basePath}${probes[name]}`];
  });
}

function hasOneWriter(manifests: readonly Manifest[]): boolean {
  const scaled = manifests.some(({ kind }) => kind === 'HorizontalPodAutoscaler');
  const deployment = manifests.find(({ kind }) => kind === 'Deployment')?.spec;
  const volume = manifests.find(({ kind }) => kind === 'PersistentVolumeClaim')?.spec;
  const isOnce = volume?.accessModes?.join() === 'ReadWriteOnce';
  return !scaled && isOnce && deployment?.replicas === 1 && deployment.strategy?.type === 'Recreate';
}

function fits(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([name, value]) => name === 'matchLabels' || labels[name] === value);
}
