/**
 * Whether a number is a whole multiple of a divisor, by their quotient. Ajv and the generated validators refuse
 * quotients from 1e21 on, which JSON Schema does not: proofs here are about what JSON Schema says.
 */
export function isMultiple(value: number, divisor: number): boolean {
  return Number.isInteger(value / divisor);
}
