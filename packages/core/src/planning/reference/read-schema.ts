/** The published schemas as the tests read them: the part of JSON Schema that they use, read literally. */

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** A schema for members that `properties` does not name, or that there are none. */
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Other documents that a schema may name, by their file names. */
type Documents = Readonly<Record<string, Schema>>;

/** The schema that a reference names, and the document it stands in; nothing is valid by one that is not there. */
function resolve(root: Schema, ref: string, others: Documents): readonly [Schema, Schema] {
  const [file = '', path = ''] = ref.split('#');
  const document = file === '' ? root : (others[file] ?? {});
  const found = path
    .split('/')
    .slice(1)
    .reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>> | undefined)?.[key], document);
  return [(found as Schema | undefined) ?? { enum: [] }, document];
}

/** The part of JSON Schema that the published schemas use, read literally. */
export function isValid(
  schema: Schema,
  data: unknown,
  others: Documents = {},
  root: Schema = schema,
): boolean {
  const is = (one: Schema, part: unknown): boolean => isValid(one, part, others, root);
  if (schema.$ref !== undefined) {
    const [named, document] = resolve(root, schema.$ref, others);
    return isValid(named, data, others, document);
  }
  if (schema.oneOf !== undefined) return schema.oneOf.filter((one) => is(one, data)).length === 1;
  if (schema.anyOf !== undefined) return schema.anyOf.some((one) => is(one, data));
  if ('const' in schema) return data === schema.const;
  if (schema.enum !== undefined) return schema.enum.includes(data);
  switch (schema.type) {
    case 'null':
      return data === null;
    case 'string':
      return (
        typeof data === 'string' &&
        data.length >= (schema.minLength ?? 0) &&
        data.length <= (schema.maxLength ?? Infinity)
      );
    case 'number':
      return typeof data === 'number';
    case 'integer':
      return (
        Number.isInteger(data) &&
        Number(data) >= (schema.minimum ?? -Infinity) &&
        Number(data) <= (schema.maximum ?? Infinity)
      );
    case 'array':
      return (
        Array.isArray(data) &&
        data.length >= (schema.minItems ?? 0) &&
        data.length <= (schema.maxItems ?? Infinity) &&
        data.every((one) => is(schema.items ?? {}, one))
      );
    case 'object':
      return (
        typeof data === 'object' &&
        data !== null &&
        !Array.isArray(data) &&
        (schema.required ?? []).every((key) => key in data) &&
        Object.entries(data).every(([key, one]) => {
          const { additionalProperties: others } = schema;
          const known = schema.properties?.[key] ?? (typeof others === 'object' ? others : undefined);
          return known !== undefined && is(known, one);
        })
      );
    case undefined:
    default:
      return false;
  }
}
