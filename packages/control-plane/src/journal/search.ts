import { sql, type Expression, type SqlBool } from "kysely";
import type { Executor } from "../database/connection.ts";
import type { RecordedEntry } from "./journal.ts";

/** What is looked for; all of it must be so. */
export interface JournalFilter {
  readonly subjectId?: string | undefined;
  /** The name that the entry shows. */
  readonly actor?: string | undefined;
  /** `subject.verb`, or all of a subject's: `build.*`. */
  readonly action?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly environment?: string | undefined;
  /** Everything that one request did and caused. */
  readonly requestId?: string | undefined;
  readonly since?: Date | undefined;
  /** Not that moment itself. */
  readonly until?: Date | undefined;
  /** Words of the reason and the details, or how they begin. */
  readonly text?: string | undefined;
}

interface NewestQuery extends JournalFilter {
  readonly before?: number | undefined;
  readonly limit: number;
}

/** The newest entries first, for people: at most `limit`, before the entry `before`. */
export async function readNewestJournal(db: Executor, query: NewestQuery): Promise<readonly RecordedEntry[]> {
  const words = query.text === undefined ? undefined : searchWords(query.text);
  if (words === undefined) return read(db, query, []);
  const recent = await searchRecent(db, query, words);
  return recent.length === query.limit ? recent : read(db, query, [await isAbout(db, words)]);
}

async function read(db: Executor, query: NewestQuery, found: readonly Expression<SqlBool>[]): Promise<readonly RecordedEntry[]> {
  return (await select(db, query, found).limit(query.limit).execute()) as readonly RecordedEntry[];
}

function select(db: Executor, query: NewestQuery, found: readonly Expression<SqlBool>[]) {
  return db
    .selectFrom("journal")
    .selectAll()
    .where((eb) => eb.and([...conditions(query), ...found, ...(query.before === undefined ? [] : [isBefore(query.before)])]))
    .orderBy("at", "desc")
    .orderBy("id", "desc");
}

/** So many are read for words that stand nearly everywhere: the index would collect every one of them first. */
const recentlyRead = 500;

/** Those with the words among the newest that are so otherwise. */
async function searchRecent(db: Executor, query: NewestQuery, words: string): Promise<readonly RecordedEntry[]> {
  const recent = select(db, query, []).limit(recentlyRead).as("recent");
  return (await db.selectFrom(recent).selectAll().where(hasWords(words)).orderBy("at", "desc").orderBy("id", "desc").limit(query.limit).execute()) as readonly RecordedEntry[];
}

/** As migration 0009 indexes them. */
function conditions({ subjectId, actor, action, actions, environment, requestId, since, until }: JournalFilter) {
  return [
    ...(subjectId === undefined ? [] : [sql<SqlBool>`subject_id = ${subjectId}`]),
    ...(actor === undefined ? [] : [sql<SqlBool>`actor = ${actor}`]),
    ...(action === undefined ? [] : [isAction(action)]),
    ...(actions === undefined ? [] : [sql<SqlBool>`action = any(${[...actions]})`]),
    ...(environment === undefined ? [] : [sql<SqlBool>`journal_environment(subject_type, subject_id, details) = ${environment}`]),
    ...(requestId === undefined ? [] : [sql<SqlBool>`request_id = ${requestId}`]),
    ...(since === undefined ? [] : [sql<SqlBool>`at >= ${since}`]),
    ...(until === undefined ? [] : [sql<SqlBool>`at < ${until}`]),
  ];
}

/** So many entries with a word are looked up one by one; where there are more, the newest of them are soon met by time. */
const mostLookedUp = 2_000;

/**
 * How entries with these words are found is decided here: PostgreSQL guesses how many there are, and where it guesses too many it
 * reads the whole journal by time for a word that stands in one entry.
 */
async function isAbout(db: Executor, words: string) {
  const matches = hasWords(words);
  const { rows } = await sql<{ readonly id: number }>`with matching as materialized (select id from journal where ${matches}) select id from matching limit ${mostLookedUp + 1}`.execute(db);
  return rows.length > mostLookedUp ? matches : sql<SqlBool>`id = any(${rows.map(({ id }) => id)}::bigint[])`;
}

function hasWords(words: string) {
  return sql<SqlBool>`journal_words(reason, details) @@ to_tsquery('pg_catalog.simple', ${words})`;
}

function isAction(action: string) {
  return action.endsWith(".*") ? sql<SqlBool>`split_part(action, '.', 1) = ${action.slice(0, -2)}` : sql<SqlBool>`action = ${action}`;
}

/** The newest first by time, then by number: before the entry, or before the place where an entry of that number would be. */
function isBefore(id: number) {
  return sql<SqlBool>`(at, id) < ((select at from journal where id <= ${id} order by id desc limit 1), ${id}::bigint)`;
}

const mostWords = 20;

/** A question for PostgreSQL's text search; undefined when the text has no words. What stands between words in the index does so here. */
function searchWords(text: string): string | undefined {
  const words = text.split(/[\s/_\-.:@"'{}[\]()<>,;=+#&?!%$*|~^\\]+/).filter((word) => word !== "");
  return words.length === 0 ? undefined : words.slice(0, mostWords).map(anyCase).join(" & ");
}

/** A database without a locale knows capital letters of ASCII only. */
function anyCase(word: string): string {
  const [first = "", ...rest] = word.toLowerCase();
  const forms = new Set([word, word.toLowerCase(), word.toUpperCase(), first.toUpperCase() + rest.join("")]);
  return `(${[...forms].map((form) => `'${form}':*`).join(" | ")})`;
}
