import { Client } from "pg";
import { toUuid } from "../../../packages/control-plane/src/database/identifiers.ts";
import { connectionAt, findPlaces } from "../../../packages/control-plane/src/database/embedded/places.ts";

/** Puts another log in the place of a build's, as long as one wants. Line `n` reads `line n of a long log …`, every thousandth in red. */
export async function writeLongLog(data: string, build: string, lines: number): Promise<void> {
  const client = new Client(connectionAt(findPlaces(data)));
  await client.connect();
  try {
    const id = toUuid("bld", build);
    await client.query("delete from build_logs where build_id = $1", [id]);
    await client.query(
      `insert into build_logs (build_id, line, step, stream, text)
         select $1, n, 'compile', 'stdout', case when n % 1000 = 0 then chr(27) || '[31mline ' || n || ' of a long log' || chr(27) || '[0m' else 'line ' || n || ' of a long log, compiling something with a name of usual length' end
         from generate_series(1, $2::int) n`,
      [id, lines],
    );
  } finally {
    await client.end();
  }
}
