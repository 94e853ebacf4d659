/** One keyword that refuses a value. */
export interface Refusal {
  readonly keyword: string;
  /** JSON pointer of the keyword in the schema. */
  readonly schemaPointer: string;
  /** JSON pointer of the refused value. */
  readonly valuePointer: string;
  /** The member that is missing or not allowed, where the keyword is about one. */
  readonly key: string | undefined;
  /** Of a union, why each branch refuses; empty elsewhere. */
  readonly branches: readonly (readonly Refusal[])[];
}

/** How values are judged. */
export interface EvaluateSettings {
  readonly assertFormats: boolean;
}
