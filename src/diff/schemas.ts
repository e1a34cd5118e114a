/**
 * Schemas of the old and the new description, compared. The direction decides what breaks: clients of the old
 * description must be able to send what the new one takes, and to read what it gives.
 */
import { quoted } from '../model/quoted.ts';
import type { Finding } from './change.ts';
import { dereferenced, type Located } from './located.ts';
import { compareProperties, type Direction } from './properties.ts';
import { canonical, lowerLimits, type SchemaView, typeWords, viewOf } from './schema-view.ts';

/** Tells the findings of a pair of schemas and of all below them. A pair is looked at once, however often it is used. */
export type CompareSchemas = (before: Located, after: Located, direction: Direction) => readonly Finding[];

/** Of one pair of descriptions. Remembers what it has compared. */
export function createSchemaComparison(): CompareSchemas {
  const nodes = new Map<string, Node>();
  const ids = new Map<unknown, number>();
  const idOf = (schema: unknown): number => {
    const id = ids.get(schema) ?? ids.size;
    ids.set(schema, id);
    return id;
  };
  const nodeOf = (one: Located, other: Located, direction: Direction): Node => {
    const [before, after] = [dereferenced(one), dereferenced(other)];
    const isObject = typeof before.schema === 'object' && typeof after.schema === 'object';
    const key = `${direction} ${idOf(before.schema)} ${idOf(after.schema)}`;
    const known = isObject ? nodes.get(key) : undefined;
    if (known) return known;
    const node: Node = { findings: [], children: [] };
    // Before what is below it is looked at, which may lead back here.
    if (isObject) nodes.set(key, node);
    const visit = new Visit(before, after, direction, (child, twin) =>
      node.children.push(nodeOf(child, twin, direction)),
    );
    node.findings.push(...visit.findings());
    return node;
  };
  return (before, after, direction) => {
    const findings: Finding[] = [];
    const seen = new Set<Node>();
    const walk = (node: Node): void => {
      if (seen.has(node)) return;
      seen.add(node);
      findings.push(...node.findings);
      for (const child of node.children) walk(child);
    };
    walk(nodeOf(before, after, direction));
    return findings;
  };
}

interface Node {
  readonly findings: Finding[];
  readonly children: Node[];
}

/** What can be said of either direction. */
type Said<Code> = Code extends `request-${infer What}`
  ? `response-${What}` extends Finding['code']
    ? What
    : never
  : never;

/** One pair, at its top level; pairs below are handed on. */
class Visit {
  readonly #before: SchemaView;
  readonly #after: SchemaView;
  readonly #new: Located;
  readonly #direction: Direction;
  readonly #descend: (before: Located, after: Located) => void;
  readonly #findings: Finding[] = [];

  constructor(
    before: Located,
    after: Located,
    direction: Direction,
    descend: (before: Located, after: Located) => void,
  ) {
    this.#new = after;
    this.#before = viewOf(before);
    this.#after = viewOf(after);
    this.#direction = direction;
    this.#descend = descend;
  }

  findings(): readonly Finding[] {
    if (this.#types() === 'changed') return this.#findings;
    this.#values();
    this.#limits();
    this.#rule('pattern', (text) => text);
    this.#format();
    if (this.#direction === 'request') this.#fallback();
    this.#alternatives();
    this.#findings.push(
      ...compareProperties({ before: this.#before, after: this.#after, direction: this.#direction }, this.#descend),
    );
    this.#additional();
    const [items, twin] = [this.#before.items, this.#after.items];
    if (items && twin) this.#descend(items, twin);
    this.#others();
    return this.#findings;
  }

  #say(what: Said<Finding['code']>, message: string): void {
    this.#tell(`${this.#direction}-${what}`, this.#new.label, message, this.#before.at, this.#after.at);
  }

  #tell(code: Finding['code'], subject: string, message: string, before: Finding['before'], after: Finding['after']) {
    this.#findings.push({ code, subject, message, ...(before && { before }), ...(after && { after }) });
  }

  #types(): 'same' | 'other' | 'changed' {
    const [was, is] = [this.#before.types, this.#after.types];
    const loses = !isWithin(was, is);
    const gains = !isWithin(is, was);
    if (!loses && !gains) return 'same';
    const message = `was ${typeWords(was)}, is ${typeWords(is)}`;
    if (!loses) this.#say('type-widened', message);
    else if (!gains) this.#say('type-narrowed', message);
    else this.#say('type-changed', message);
    return loses && gains ? 'changed' : 'other';
  }

  #values(): void {
    const [was, is] = [this.#before.values, this.#after.values];
    if (was && is) {
      for (const value of is) if (!was.has(value)) this.#say('enum-value-added', `${value} is new`);
      for (const value of was) if (!is.has(value)) this.#say('enum-value-removed', `${value} is gone`);
    } else if (is) this.#say('enum-introduced', `one of ${[...is].join(', ')}`);
    else if (was) this.#say('enum-dropped', `was one of ${[...was].join(', ')}`);
  }

  #limits(): void {
    for (const keyword of new Set([...this.#before.limits.keys(), ...this.#after.limits.keys()])) {
      const [was, is] = [limitOf(this.#before, keyword), limitOf(this.#after, keyword)];
      if (canonical(was) === canonical(is)) continue;
      const message = `${keyword} was ${limitWords(was)}, is ${limitWords(is)}`;
      this.#say(isStricter(keyword, was, is) ? 'limit-narrowed' : 'limit-widened', message);
    }
  }

  #format(): void {
    const [was, is] = [this.#before.format, this.#after.format];
    if (was !== undefined && is !== undefined && wider.has(`${was} ${is}`))
      this.#say('limit-widened', `was ${was}, is ${is}`);
    else if (was !== undefined && is !== undefined && wider.has(`${is} ${was}`)) {
      this.#say('limit-narrowed', `was ${was}, is ${is}`);
    } else this.#rule('format', (text) => text);
  }

  #rule(rule: 'pattern' | 'format', words: (text: string) => string): void {
    const [was, is] = [this.#before[rule], this.#after[rule]];
    if (was === is) return;
    if (was === undefined && is !== undefined) this.#say(`${rule}-added`, `is ${words(is)}`);
    else if (is === undefined && was !== undefined) this.#say(`${rule}-removed`, `was ${words(was)}`);
    else this.#say(`${rule}-changed`, `was ${words(was ?? '')}, is ${words(is ?? '')}`);
  }

  #fallback(): void {
    const [was, is] = [this.#before.fallback, this.#after.fallback];
    if (was === is) return;
    const told = (code: Finding['code'], message: string) =>
      this.#tell(code, this.#new.label, message, this.#before.at, this.#after.at);
    if (was === undefined) told('request-default-added', `is ${is}`);
    else if (is === undefined) told('request-default-removed', `was ${was}`);
    else told('request-default-changed', `was ${was}, is ${is}`);
  }

  /** Those with the same name are compared; so are the others, in their order, where as many have gone as have come. */
  #alternatives(): void {
    const [was, is] = [this.#before.alternatives, this.#after.alternatives];
    if (was.length === 0 && is.length === 0) return;
    const names = (all: readonly Located[]) => new Map(all.map((each) => [nameOf(each), each]));
    const [old, now] = [names(was), names(is)];
    for (const [name, each] of old) {
      const twin = now.get(name);
      if (twin) this.#descend(each, twin);
    }
    const gone = [...old].filter(([name]) => !now.has(name)).map(([, each]) => each);
    const come = [...now].filter(([name]) => !old.has(name)).map(([, each]) => each);
    for (const [index, each] of gone.entries()) {
      const twin = come[index];
      if (gone.length === come.length && twin) this.#descend(each, twin);
      else this.#say('alternative-removed', `${alternativeWords(each)} is gone`);
    }
    if (gone.length !== come.length) {
      for (const each of come) this.#say('alternative-added', `${alternativeWords(each)} is new`);
    }
  }

  #additional(): void {
    const [was, is] = [this.#before.additional, this.#after.additional];
    const mayBeObject = (this.#after.types ?? new Set(['object'])).has('object');
    if (!mayBeObject) return;
    if (was !== false && is === false) this.#say('additional-properties-refused', 'only declared properties are left');
    else if (was === false && is !== false)
      this.#say('additional-properties-allowed', 'others than declared ones may be there');
    else if (was && is) this.#descend(was, is);
  }

  #others(): void {
    const [was, is] = [this.#before.others, this.#after.others];
    for (const keyword of new Set([...was.keys(), ...is.keys()])) {
      if (was.get(keyword) !== is.get(keyword)) this.#say('schema-changed', `${quoted(keyword)} is another one`);
    }
  }
}

/** Formats of numbers that hold all that others do. */
const wider: ReadonlySet<string> = new Set(['int32 int64', 'float double']);

function isWithin(types: ReadonlySet<string> | undefined, all: ReadonlySet<string> | undefined): boolean {
  if (!all) return true;
  return types !== undefined && [...types].every((type) => all.has(type) || (type === 'integer' && all.has('number')));
}

function limitOf({ limits }: SchemaView, keyword: string): unknown {
  const value = limits.get(keyword);
  // That nothing has less than nothing need not be said.
  return value === false || (value === 0 && /^min(?:Length|Items|Properties)$/.test(keyword)) ? undefined : value;
}

function limitWords(value: unknown): string {
  return value === undefined ? 'not limited' : canonical(value);
}

function isStricter(keyword: string, was: unknown, is: unknown): boolean {
  if (was === undefined || is === undefined) return was === undefined;
  // A multiple of 4 is one of 2.
  if (keyword === 'multipleOf') return Number(is) % Number(was) === 0 || Number(was) % Number(is) !== 0;
  return lowerLimits.has(keyword) ? Number(is) > Number(was) : Number(is) < Number(was);
}

function nameOf(located: Located): string {
  const { label, schema, pointer } = dereferenced(located);
  return pointer !== undefined && !pointer.slice('#/$defs/'.length).includes('/') ? label : canonical(schema);
}

function alternativeWords(located: Located): string {
  const { label, pointer } = dereferenced(located);
  const isNamed = pointer !== undefined && !pointer.slice('#/$defs/'.length).includes('/');
  return isNamed ? label : typeWords(viewOf(located).types);
}
