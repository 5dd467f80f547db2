// Validates SARIF logs against the schema of OASIS as Microsoft's SARIF SDK ships it (@microsoft/jest-sarif).
//
// Takes the files as arguments and NODE_MODULES from the environment; prints `ok` at the end.

const fs = require("fs");
const path = require("path");

const modules = process.env.NODE_MODULES;
const Ajv = require(path.join(modules, "ajv"));
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));

const ajv = new Ajv({ schemaId: "auto", allErrors: true });
ajv.addMetaSchema(require(path.join(modules, "ajv/lib/refs/json-schema-draft-04.json")));
const validate = ajv.compile(read(path.join(modules, "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")));

const files = process.argv.slice(2);
for (const file of files) {
  if (!validate(read(file))) {
    console.log(file, JSON.stringify(validate.errors, null, 1));
    process.exitCode = 1;
  }
}
console.log(files.length > 0 && !process.exitCode ? "ok" : "invalid");
