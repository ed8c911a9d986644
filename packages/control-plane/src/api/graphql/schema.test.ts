import { readFile } from "node:fs/promises";
import { buildSchema, isObjectType, isScalarType } from "graphql";
import { expect, test } from "vitest";
import { permissions } from "../../access/permissions.ts";
import { guardedSchema, printedSchema } from "./schema.ts";

test("schemas/schema.graphql is up to date (else run `node scripts/write-schemas.ts`)", async () => {
  expect(await readFile(new URL("../../../schemas/schema.graphql", import.meta.url), "utf8")).toBe(printedSchema());
});

test("what is published is a schema", () => {
  expect(Object.keys(buildSchema(printedSchema()).getQueryType()?.getFields() ?? {})).toContain("moduleRegistry");
});

test("every field of Query, Mutation and Subscription names a permission of the table", () => {
  const { schema, fields } = guardedSchema();
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`));
  expect(fields.map(({ name }) => name).toSorted()).toEqual(roots.toSorted());
  expect(fields.filter(({ rule }) => !(rule.permission in permissions))).toEqual([]);
});

test("permissions for environments say which environment", () => {
  const { fields } = guardedSchema();
  const scoped = fields.filter(({ rule }) => permissions[rule.permission].scope === "environment");
  expect(scoped.map(({ name }) => name)).not.toEqual([]);
  expect(scoped.filter(({ rule }) => rule.environment === undefined)).toEqual([]);
});

test("nothing but Query, Mutation and Subscription leads into the schema", () => {
  const { schema } = guardedSchema();
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith("__"));
  // No field below them takes arguments: whatever is asked for there was admitted with the field above it.
  const below = types.filter((type) => isObjectType(type) && !["Query", "Mutation", "Subscription"].includes(type.name));
  expect(below.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()).filter(({ args }) => args.length > 0) : []))).toEqual([]);
  expect(Object.values(schema.getTypeMap()).filter((type) => isScalarType(type)).map(({ name }) => name).toSorted()).toEqual(["Boolean", "DateTime", "Float", "ID", "Int", "JSON", "String"]);
});
