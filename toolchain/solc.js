#!/usr/bin/env node
// The npm compiler behind the two switches that ape (py-solc-x), forge and slither use:
// `--version`, and `--standard-json [--base-path DIR] [--allow-paths ...]` on standard input.
// solcjs itself prints a banner before its JSON and cuts long output on a pipe.
"use strict";
const fs = require("fs");
const path = require("path");
const solc = require(path.join(__dirname, "..", "node_modules", "solc"));

const args = process.argv.slice(2);
if (args.includes("--version")) {
  console.log("solc, the solidity compiler commandline interface");
  console.log("Version: " + solc.version().replace(".Emscripten.clang", ".Linux.g++"));
  process.exit(0);
}
if (!args.includes("--standard-json")) {
  console.error("toolchain/solc.js answers --version and --standard-json only");
  process.exit(2);
}

const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
// ape compiles in a temporary copy of the project, without node_modules: the project itself is the second root.
const roots = [option("--base-path") || process.cwd(), path.join(__dirname, "..")];
args.forEach((arg, i) => arg === "--include-path" && roots.push(args[i + 1]));

function findImport(name) {
  for (const root of roots) {
    const file = path.resolve(root, name);
    if (fs.existsSync(file)) return { contents: fs.readFileSync(file, "utf8") };
  }
  return { error: "File not found: " + name };
}

const output = solc.compile(fs.readFileSync(0, "utf8"), { import: findImport });
fs.writeFileSync(1, output);
