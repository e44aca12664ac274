// Translates SQL into DuckDB's: translate.mjs DIALECT, a JSON list of texts in, a JSON list of texts out. A text that does
// not parse in its dialect, or holds what the translator cannot say in DuckDB's, ends it with an error.
import { text } from "node:stream/consumers";
import { transpile } from "@polyglot-sql/sdk";

const dialect = process.argv[2];

// What the translator is known to get wrong, and what DuckDB says instead.
const repairs = [
  // An element of a VARIANT is taken as one of a JSON text.
  [/ -> '\$\."([^"]*)"'/g, "['$1']"],
  // An interval of as many days as a column says lacks its brackets.
  [/INTERVAL ([a-z_.]+) DAY/gi, "INTERVAL ($1) DAY"],
  // A VARIANT becomes no JSON by itself.
  [/CAST\((landed\.(?:data|groups|amplitude_attribution_ids|\w+_properties)) AS TEXT\)/g, "CAST(CAST($1 AS JSON) AS TEXT)"],
];

const translated = (sql) => {
  const answer = transpile(sql, dialect, "duckdb");
  const whole = answer.success ? answer.sql.join(";\n") : "";
  if (!answer.success || whole.includes("not supported */")) throw new Error(`${dialect}: ${answer.error}\n${sql}\n${whole}`);
  return repairs.reduce((rest, [found, put]) => rest.replace(found, put), whole);
};

console.log(JSON.stringify(JSON.parse(await text(process.stdin)).map(translated)));
