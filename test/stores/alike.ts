/** Numbers that were added up in another order, or with less loss, are equal but for their last digits. */

/** As far as two ways of adding up what is in some documents may differ. */
export function slackOf(candidates: readonly unknown[]): number {
  const numbers = JSON.stringify(candidates).match(/\d+(?:e\+\d+)?/g) ?? [];
  return Math.max(...numbers.map(Number), 1) * 1e-12;
}

/** Equal in order and content; numbers but nearly. */
export function areAlike(left: unknown, right: unknown, slack: number): boolean {
  if (typeof left === 'number' && typeof right === 'number') {
    return left === right || Math.abs(left - right) <= slack + 1e-12 * Math.abs(left);
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  const [own, other] = [Object.entries(left), Object.entries(right)];
  return (
    own.length === other.length &&
    own.every(([name, value], at) => name === other[at]?.[0] && areAlike(value, other[at]?.[1], slack))
  );
}
