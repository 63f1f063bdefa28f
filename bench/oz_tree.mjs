// Builds a tree with OpenZeppelin's package from lines of "pass kind amount" and prints, as JSON, the root, the seconds
// that building took, the most memory it held, and the proofs of the leaves whose positions are the arguments.
import { readFileSync } from "node:fs";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
const leaves = lines.map((line) => line.split(" "));
const start = process.hrtime.bigint();
const before = process.cpuUsage();
const tree = StandardMerkleTree.of(leaves, ["uint256", "uint8", "uint256"]);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
const used = process.cpuUsage(before);
const cpu_seconds = Math.round((used.user + used.system) / 1e3) / 1e3;
const proofs = process.argv.slice(2).map((index) => tree.getProof(Number(index)));
const memory = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ root: tree.root, seconds: Math.round(seconds * 1e3) / 1e3, cpu_seconds, memory, proofs }));
