// Reads columns of the Parquet files of a folder with hyparquet and with ClickHouse, and tells what each of them found.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { query } from "chdb";
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from "hyparquet";
import { compressors } from "hyparquet-compressors";

const [folder, names] = process.argv.slice(2);
const columns = names.split(",");
const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".parquet"));

const hyparquet = { types: {}, rows: [] };
for (const name of files) {
  const file = await asyncBufferFromFile(join(folder, name));
  const metadata = await parquetMetadataAsync(file);
  for (const { name: column, type, converted_type: converted } of metadata.schema.slice(1)) {
    hyparquet.types[column] = converted ?? type;
  }
  const objects = await parquetReadObjects({ file, metadata, columns: [...columns, "_line"], compressors });
  objects.sort((left, right) => Number(left._line - right._line));
  hyparquet.rows.push(...objects.map((row) => columns.map((column) => text(row[column]))));
}

const from = `from file('${folder}/**/*.parquet', Parquet)`;
const clickhouse = { types: {}, rows: [] };
for (const line of lines(query(`describe (select * ${from}) settings schema_inference_make_columns_nullable = 0`, "JSONCompactEachRow"))) {
  clickhouse.types[line[0]] = line[1];
}
const list = columns.map((column) => `toString(${column})`).join(", ");
clickhouse.rows = lines(query(`select ${list} ${from} order by _line settings input_format_parquet_enable_json_parsing = 0`, "JSONCompactEachRow"));

console.log(JSON.stringify({ hyparquet, clickhouse }));

function lines(text) {
  return text.split("\n").filter((line) => line).map((line) => JSON.parse(line));
}

function text(value) {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
