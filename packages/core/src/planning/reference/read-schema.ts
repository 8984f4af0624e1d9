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
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The part of JSON Schema that the published schema uses, read literally. */
export function isValid(schema: Schema, data: unknown, root: Schema = schema): boolean {
  if (schema.$ref !== undefined)
    return isValid(root.$defs?.[schema.$ref.slice(8)] ?? { enum: [] }, data, root);
  if (schema.oneOf !== undefined) return schema.oneOf.filter((one) => isValid(one, data, root)).length === 1;
  if (schema.anyOf !== undefined) return schema.anyOf.some((one) => isValid(one, data, root));
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
        data.every((one) => isValid(schema.items ?? {}, one, root))
      );
    case 'object':
      return (
        typeof data === 'object' &&
        data !== null &&
        !Array.isArray(data) &&
        (schema.required ?? []).every((key) => key in data) &&
        Object.entries(data).every(([key, one]) => {
          const known = schema.properties?.[key];
          return known !== undefined && isValid(known, one, root);
        })
      );
    case undefined:
    default:
      return false;
  }
}
