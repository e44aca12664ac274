// Runs ClickHouse statements: one JSON text a line in, one JSON text a line out, empty where all went well.
import { createInterface } from "node:readline";
import { Session } from "chdb";

const session = new Session(process.argv[2]);
const settings = [
  "join_use_nulls = 1",
  "aggregate_functions_null_for_empty = 1",
  "cast_keep_nullable = 1",
  "data_type_default_nullable = 1",
  "prefer_column_name_to_alias = 1",
  "union_default_mode = 'DISTINCT'",
  "engine_file_truncate_on_insert = 1",
  "input_format_parquet_enable_json_parsing = 0",
];
session.query(`set ${settings.join(", ")}`);

for await (const line of createInterface({ input: process.stdin })) {
  let problem = "";
  try {
    session.query(JSON.parse(line));
  } catch (error) {
    problem = String(error.message ?? error);
  }
  process.stdout.write(`${JSON.stringify(problem)}\n`);
}
