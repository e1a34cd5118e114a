import type { Report } from './worker.ts';

/** What may be stored under a key when everything has come to rest. */
interface Fate {
  /** What was written last, and acknowledged. */
  certain: string | null;
  /** What was begun since, and may have happened, or may not. */
  readonly possible: Set<string | null>;
}

/** Remembers what writers were told, and judges what is stored by it. */
export class Ledger {
  readonly #fates = new Map<string, Fate>();
  readonly #counts = new Map<string, { begun: number; acknowledged: number }>();
  readonly broken: string[] = [];
  readonly told: Record<string, number> = {};

  note(report: Report): void {
    const name = report.tells === 'other' ? report.name : report.tells;
    this.told[name] = (this.told[name] ?? 0) + 1;
    switch (report.tells) {
      case 'write':
        this.#fate(report.key).possible.add(report.text);
        this.#last.set(report.key, report.text);
        break;
      case 'written': {
        const text = this.#last.get(report.key);
        // What changed nothing says nothing of what is still on its way.
        if (!report.changed || text === undefined) break;
        const fate = this.#fate(report.key);
        fate.certain = text;
        fate.possible.clear();
        break;
      }
      case 'count':
        this.#count(report.key, report.writer).begun += 1;
        break;
      case 'counted':
        this.#count(report.key, report.writer).acknowledged += 1;
        break;
      case 'broken':
        this.broken.push(report.promise);
        break;
      case 'ready':
      case 'other':
        break;
    }
  }

  /** What of the stored texts, by key, contradicts what was acknowledged. */
  lost(stored: ReadonlyMap<string, string>): readonly string[] {
    const keys = [...this.#fates].flatMap(([key, { certain, possible }]) => {
      const text = stored.get(key) ?? null;
      if (text === certain || possible.has(text)) return [];
      return [`${key} is ${text}, and was acknowledged as ${certain}; possible: ${[...possible].join(' | ')}`];
    });
    const counts = [...this.#counts].flatMap(([place, { begun, acknowledged }]) => {
      const [key = '', writer = ''] = place.split(' ');
      const numbers: Record<string, number> = JSON.parse(stored.get(key) ?? '{}');
      const number = numbers[writer] ?? 0;
      if (number >= acknowledged && number <= begun) return [];
      return [`writer ${writer} in ${key} is ${number}; acknowledged ${acknowledged}, begun ${begun}`];
    });
    return [...keys, ...counts];
  }

  readonly #last = new Map<string, string | null>();

  #fate(key: string): Fate {
    const fate = this.#fates.get(key) ?? { certain: null, possible: new Set() };
    this.#fates.set(key, fate);
    return fate;
  }

  #count(key: string, writer: string): { begun: number; acknowledged: number } {
    const place = `${key} ${writer}`;
    const count = this.#counts.get(place) ?? { begun: 0, acknowledged: 0 };
    this.#counts.set(place, count);
    return count;
  }
}
